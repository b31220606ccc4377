package org.netsplice.graph;

import java.util.List;

/** Where data enters: {@code InputLayer(batchShape=(None, 28, 28, 1), dtype=float32)} has no inputs and one output of that shape. */
public record InputLayer(Shape batchShape, DType dtype) implements Layer {
    @Override
    public String className() {
        return "InputLayer";
    }

    @Override
    public Family family() {
        return Family.INPUT;
    }

    @Override
    public Arity arity() {
        return Arity.NONE;
    }

    @Override
    public boolean casts() {
        return false;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return List.of(new TensorSpec(batchShape, dtype));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        return List.of();
    }
}
