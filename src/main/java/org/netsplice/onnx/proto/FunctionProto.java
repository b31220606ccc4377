package org.netsplice.onnx.proto;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An operator that a file explains by others.
 *
 * @param inputs names of values that a call gives
 * @param outputs names of values that a call receives
 * @param attributes names of the settings of a call that the nodes refer to
 * @param defaults settings that a call may leave out, with their values
 */
public record FunctionProto(
        String name,
        String domain,
        String overload,
        List<String> inputs,
        List<String> outputs,
        List<String> attributes,
        Map<String, Attribute> defaults,
        List<NodeProto> nodes,
        Map<String, Long> opsets) {

    static FunctionProto read(WireReader in) {
        String name = "";
        String domain = "";
        String overload = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<String> attributes = new ArrayList<>();
        Map<String, Attribute> defaults = new LinkedHashMap<>();
        List<NodeProto> nodes = new ArrayList<>();
        Map<String, Long> opsets = new LinkedHashMap<>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 4 -> inputs.add(in.text());
                case 5 -> outputs.add(in.text());
                case 6 -> attributes.add(in.text());
                case 7 -> nodes.add(NodeProto.read(in.message()));
                case 9 -> ModelProto.opset(in.message(), opsets);
                case 10 -> domain = in.text();
                case 11 -> Attribute.read(in.message(), defaults);
                case 13 -> overload = in.text();
                default -> {}
            }
        }
        return new FunctionProto(name, domain, overload, inputs, outputs, attributes, defaults, nodes, opsets);
    }

    void write(WireWriter out) {
        out.text(1, name);
        inputs.forEach(input -> out.always(4, input));
        outputs.forEach(output -> out.always(5, output));
        attributes.forEach(attribute -> out.always(6, attribute));
        for (NodeProto node : nodes) {
            WireWriter inner = new WireWriter();
            node.write(inner);
            out.message(7, inner);
        }
        ModelProto.write(opsets, 9, out);
        out.text(10, domain);
        defaults.forEach((key, value) -> {
            WireWriter inner = new WireWriter();
            value.write(key, inner);
            out.message(11, inner);
        });
        out.text(13, overload);
    }
}
