package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.DType;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskOf;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Lookup;
import org.netsplice.ops.Tape;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** A row of a table for every whole number: {@code Embedding(1000, 64)} turns (None, 20) into (None, 20, 64). */
public record Embedding(int inputDim, int outputDim, boolean maskZero) implements Quantizable {
    static final Kind<Embedding> KIND = Kind.of(
                    "Embedding",
                    Embedding.class,
                    Kind.Family.CORE,
                    "Replaces whole numbers by learned vectors.",
                    new Kind.Example("input_dim=5, output_dim=3", "(None, 4)"))
            .settings(
                    Setting.integer(
                            "input_dim", 1000, 1, "How many numbers there are; each is 0 or more and below this."),
                    Setting.integer("output_dim", 64, 1, "Size of the vectors."),
                    Setting.flag("mask_zero", false, "Whether the number 0 marks a step to skip."))
            .requires("input_dim", "output_dim")
            .shows("input_dim", "# words")
            .shows("output_dim", "# numbers each")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public MaskRule masks() {
        return maskZero
                ? new MaskOf(x -> Tape.aside(() -> x.map(v -> v == 0 ? 0 : 1)), Embedding::counted)
                : MaskRule.DROPPED;
    }

    private static OnnxValue counted(OnnxBuilder onnx, OnnxValue x) {
        return onnx.logical("Not", onnx.compare("Equal", x, onnx.number(0, x.type())));
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.atLeast(inputs, 1);
        return Shapes.floats(shape.plus(outputDim));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        return List.of(WeightSpec.trainable("embeddings", Initial.UNIFORM, inputDim, outputDim));
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        Axes.Place last = Axes.Of.OUTPUT.at(0, inputs.get(0).shape().rank());
        return Axes.FIXED.bond(outputDim, last, Axes.Of.WEIGHT.at(0, 1));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        try {
            return List.of(Lookup.rows(weights.get(0), inputs.get(0)));
        } catch (IndexOutOfBoundsException problem) {
            throw new ModelException.CannotPredict(
                    Problem.error(
                            Where.NOWHERE,
                            "the layer Embedding(input_dim=" + inputDim + ", output_dim=" + outputDim + ") "
                                    + problem.getMessage(),
                            "Correct the data, or choose a model with a larger table."),
                    problem);
        }
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue places = onnx.cast(inputs.get(0), DType.INT64);
        return List.of(onnx.gather(weights.get(0), 0, places));
    }

    @Override
    public WeightSpec scales(List<TensorSpec> inputs) {
        return WeightSpec.fixed("embeddings_scale", Initial.ONES, inputDim);
    }

    @Override
    public Array restored(Array whole, Array scales) {
        return Arithmetic.divide(whole, scales.reshape(inputDim, 1));
    }

    @Override
    public int[] summed(Shape input) {
        return new int[0];
    }
}
