package org.netsplice.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One call of a layer.
 *
 * @param inputs in order; the same port may stand twice; fewer than the layer needs while the graph is being built
 * @param weights the layer called: nodes with the same one have equal layers and share their weights
 * @param trainable false when training leaves the weights alone
 * @param policy the types it computes in
 */
public record Node(
        NodeId id, String name, Layer layer, List<Port> inputs, WeightsId weights, boolean trainable, Policy policy) {

    /** A call that computes in float32. */
    public Node(NodeId id, String name, Layer layer, List<Port> inputs, WeightsId weights, boolean trainable) {
        this(id, name, layer, inputs, weights, trainable, Policy.FLOAT32);
    }

    public Node {
        Objects.requireNonNull(id);
        Objects.requireNonNull(name);
        Objects.requireNonNull(layer);
        Objects.requireNonNull(weights);
        Objects.requireNonNull(policy);
        inputs = List.copyOf(inputs);
    }

    /** Whether data enters the network here. */
    public boolean isInput() {
        return layer instanceof InputLayer;
    }

    public Node withName(String other) {
        return new Node(id, other, layer, inputs, weights, trainable, policy);
    }

    public Node withLayer(Layer other) {
        return new Node(id, name, other, inputs, weights, trainable, policy);
    }

    public Node withInputs(List<Port> others) {
        return new Node(id, name, layer, others, weights, trainable, policy);
    }

    public Node withWeights(WeightsId other) {
        return new Node(id, name, layer, inputs, other, trainable, policy);
    }

    public Node withTrainable(boolean other) {
        return new Node(id, name, layer, inputs, weights, other, policy);
    }

    public Node withPolicy(Policy other) {
        return new Node(id, name, layer, inputs, weights, trainable, other);
    }

    /** The node with input {@code from} replaced by {@code to} wherever it stands. */
    public Node rewired(Port from, Port to) {
        List<Port> others = new ArrayList<>(inputs);
        others.replaceAll(port -> port.equals(from) ? to : port);
        return withInputs(others);
    }
}
