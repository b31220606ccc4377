package org.netsplice.layers.kind;

import java.util.List;
import java.util.Map;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Takes the nodes and constants of an ONNX graph, gives them names, and keeps them. */
public interface OnnxSink {
    /** The operator that returns its input. */
    String SAME = "Identity";

    /** A graph inside a node, as an attribute. */
    interface Body {}

    /** A number, which ONNX wants to know the name, type and shape of. */
    record Named(String name, DType type, Shape shape) {}

    /**
     * Adds a node.
     *
     * @param type the operator of the default domain
     * @param inputs names of values; empty for an input that is left out
     * @param outputs how many results it has
     * @param attributes by name: whole numbers, floating-point numbers, texts, arrays of them, lists of texts, a {@link Body}
     * @return the names of its results
     */
    List<String> node(String type, List<String> inputs, int outputs, Map<String, Object> attributes);

    /**
     * Adds a constant, once for each key.
     *
     * @param key its first line is the name wanted
     * @return its name
     */
    String constant(String key, Tensor tensor);

    /** A name that nothing in the graph has. */
    String free(String wanted);

    /** Begins a graph inside a node; its nodes may read what was written before. */
    OnnxSink inner();

    /** Ends this inner graph, in which {@code inputs} are given and which gives {@code outputs}. */
    Body end(List<Named> inputs, List<Named> outputs);
}
