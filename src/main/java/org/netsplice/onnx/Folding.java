package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.List;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.ops.Array;

/** Computes layers of numbers that are known when the file is opened. */
final class Folding {
    private static final int MOST_FOLDED = 1 << 26;

    private Folding() {}

    /** What a layer gives for operands that are all known. */
    static List<Value> folded(ComputedLayer layer, List<Tensor> given, List<Value> operands) {
        List<Tensor> tensors = operands.stream()
                .map(operand -> ((Value.Known) operand).tensor())
                .toList();
        boolean scalar = tensors.stream().allMatch(tensor -> tensor.shape().rank() == 0);
        List<Array> arrays = tensors.stream().map(Tensors::array).toList();
        List<TensorSpec> specs = new ArrayList<>();
        for (int i = 0; i < arrays.size(); i++) {
            specs.add(new TensorSpec(
                    Shape.of(arrays.get(i).sizes()), tensors.get(i).dtype()));
        }
        try {
            List<TensorSpec> outputs = layer.inferOutputs(specs);
            if (outputs.stream().anyMatch(output -> output.shape().elements() > MOST_FOLDED)) {
                throw new Untranslatable("it makes more than " + MOST_FOLDED + " fixed numbers");
            }
            List<Array> results =
                    layer.forward(arrays, given.stream().map(Tensors::array).toList());
            List<Value> values = new ArrayList<>();
            for (int i = 0; i < results.size(); i++) {
                Tensor result = Tensors.tensor(results.get(i), outputs.get(i).dtype());
                boolean single = scalar && result.length() == 1;
                values.add(new Value.Known(single ? result.reshaped(Shape.of()) : result));
            }
            return values;
        } catch (Layer.Misfit misfit) {
            throw new Untranslatable("of fixed numbers, the layer " + layer.className() + " " + misfit.getMessage());
        }
    }
}
