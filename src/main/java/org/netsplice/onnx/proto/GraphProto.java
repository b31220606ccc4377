package org.netsplice.onnx.proto;

import java.util.ArrayList;
import java.util.List;

/**
 * A network: nodes in an order in which each stands behind those it reads.
 *
 * @param initializers tensors with their values, each a value of the graph under its name
 * @param sparse names of tensors that are held as their few numbers that are not zero; their values are not read
 * @param inputs what is given to the graph; before version 4 of the format also the names of all initializers
 * @param values shapes and types of values in between
 */
public record GraphProto(
        String name,
        List<NodeProto> nodes,
        List<TensorProto> initializers,
        List<String> sparse,
        List<ValueInfoProto> inputs,
        List<ValueInfoProto> outputs,
        List<ValueInfoProto> values,
        String doc) {

    static GraphProto read(WireReader in) {
        String name = "";
        List<NodeProto> nodes = new ArrayList<>();
        List<TensorProto> initializers = new ArrayList<>();
        List<String> sparse = new ArrayList<>();
        List<ValueInfoProto> inputs = new ArrayList<>();
        List<ValueInfoProto> outputs = new ArrayList<>();
        List<ValueInfoProto> values = new ArrayList<>();
        String doc = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> nodes.add(NodeProto.read(in.message()));
                case 2 -> name = in.text();
                case 5 -> initializers.add(TensorProto.read(in.message()));
                case 10 -> doc = in.text();
                case 11 -> inputs.add(ValueInfoProto.read(in.message()));
                case 12 -> outputs.add(ValueInfoProto.read(in.message()));
                case 13 -> values.add(ValueInfoProto.read(in.message()));
                case 15 -> sparse.add(sparseName(in.message()));
                default -> {}
            }
        }
        return new GraphProto(name, nodes, initializers, sparse, inputs, outputs, values, doc);
    }

    private static String sparseName(WireReader in) {
        String name = "";
        while (in.next()) {
            if (in.field() == 1) {
                name = TensorProto.read(in.message()).name();
            }
        }
        return name;
    }

    void write(WireWriter out) {
        for (NodeProto node : nodes) {
            WireWriter inner = new WireWriter();
            node.write(inner);
            out.message(1, inner);
        }
        out.text(2, name);
        for (TensorProto tensor : initializers) {
            WireWriter inner = new WireWriter();
            tensor.write(inner);
            out.message(5, inner);
        }
        out.text(10, doc);
        ValueInfoProto.write(inputs, 11, out);
        ValueInfoProto.write(outputs, 12, out);
        ValueInfoProto.write(values, 13, out);
    }
}
