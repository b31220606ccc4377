package org.netsplice.onnx.proto;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A call of an operator.
 *
 * @param name may be empty
 * @param operator such as {@code Conv}
 * @param domain who defines the operator; empty for ONNX itself
 * @param overload which of several functions of one name is meant; mostly empty
 * @param inputs names of values; an empty name is an argument that is left out
 * @param outputs names of values; an empty name is a result that nobody wants
 * @param attributes settings by name, in the order of the file
 */
public record NodeProto(
        String name,
        String operator,
        String domain,
        String overload,
        List<String> inputs,
        List<String> outputs,
        Map<String, Attribute> attributes,
        String doc) {

    /** A call of an operator of ONNX itself. */
    public static NodeProto of(
            String name,
            String operator,
            List<String> inputs,
            List<String> outputs,
            Map<String, Attribute> attributes) {
        return new NodeProto(name, operator, "", "", inputs, outputs, attributes, "");
    }

    static NodeProto read(WireReader in) {
        String name = "";
        String operator = "";
        String domain = "";
        String overload = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        String doc = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> inputs.add(in.text());
                case 2 -> outputs.add(in.text());
                case 3 -> name = in.text();
                case 4 -> operator = in.text();
                case 5 -> Attribute.read(in.message(), attributes);
                case 6 -> doc = in.text();
                case 7 -> domain = in.text();
                case 8 -> overload = in.text();
                default -> {}
            }
        }
        return new NodeProto(
                name, operator, domain.equals("ai.onnx") ? "" : domain, overload, inputs, outputs, attributes, doc);
    }

    void write(WireWriter out) {
        inputs.forEach(input -> out.always(1, input));
        outputs.forEach(output -> out.always(2, output));
        out.text(3, name);
        out.text(4, operator);
        attributes.forEach((key, value) -> {
            WireWriter inner = new WireWriter();
            value.write(key, inner);
            out.message(5, inner);
        });
        out.text(6, doc);
        out.text(7, domain);
        out.text(8, overload);
    }
}
