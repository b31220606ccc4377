package org.netsplice.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ChannelScaling;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.kind.Trained;
import org.netsplice.layers.kind.Training;
import org.netsplice.layers.kind.TrainingPass;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Normalizing;
import org.netsplice.ops.Reducing;
import org.netsplice.ops.Tape;

/**
 * {@code gamma · (x − moving mean) / sqrt(moving variance + epsilon) + beta} for each channel; the shape stays (None, 8, 8, 32). A call with
 * {@code training=True}, which Keras 2 obeys when it predicts too, uses the mean and the biased variance of the batch instead.
 */
public record BatchNormalization(
        int axis, double momentum, double epsilon, boolean center, boolean scale, boolean renorm, Arguments call)
        implements ChannelScaling {
    static final Kind<BatchNormalization> KIND = Kind.of(
                    "BatchNormalization",
                    BatchNormalization.class,
                    Kind.Family.NORMALIZATION,
                    "Normalizes each channel by its moving mean and variance.",
                    new Kind.Example("epsilon=0.01", "(None, 4, 5, 3)"))
            .settings(
                    Setting.axis("axis", -1, "The axis of the channels."),
                    Setting.real("momentum", 0.99, 0, "How slowly the statistics follow during training."),
                    Setting.real("epsilon", 1e-3, 0, "Added to the variance."),
                    Setting.flag("center", true, "Whether beta is added."),
                    Setting.flag("scale", true, "Whether the result is multiplied by gamma."),
                    Setting.flag("renorm", false, "Whether training corrects batches by the moving statistics."))
            .supportsOnly("mode", 0)
            .parameters(Parameter.value("inputs"), Training.PARAMETER)
            .ignores("mask")
            .requires("epsilon")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public MaskRule masks() {
        return MaskRule.PASSED;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.STATISTICS);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.atLeast(inputs, 2);
        Shapes.known(shape, Shapes.axis(axis, shape));
        return Shapes.floats(shape);
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        long channels = shape.size(Shapes.axis(axis, shape));
        List<WeightSpec> specs = new ArrayList<>();
        if (scale) {
            specs.add(WeightSpec.trainable("gamma", Initial.ONES, channels));
        }
        if (center) {
            specs.add(WeightSpec.trainable("beta", Initial.ZEROS, channels));
        }
        specs.add(WeightSpec.fixed("moving_mean", Initial.ZEROS, channels));
        specs.add(WeightSpec.fixed("moving_variance", Initial.ONES, channels));
        if (renorm) {
            specs.add(WeightSpec.fixed("moving_stddev", Initial.ONES, channels));
            specs.add(WeightSpec.fixed("renorm_mean", Initial.ZEROS, channels));
            specs.add(WeightSpec.fixed("renorm_stddev", Initial.ONES, channels));
        }
        return specs;
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        int channel = Shapes.axis(axis, shape);
        Axes axes = Axes.FIXED;
        for (int each = 1; each < shape.rank(); each++) {
            List<Axes.Place> places = new ArrayList<>(List.of(Axes.Of.INPUT.at(0, each), Axes.Of.OUTPUT.at(0, each)));
            int tensors = each == channel ? weights(inputs).size() : 0;
            IntStream.range(0, tensors).forEach(tensor -> places.add(Axes.Of.WEIGHT.at(tensor, 0)));
            axes = axes.bond(shape.size(each), places);
        }
        return axes;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array last = swapped(inputs.get(0));
        int moving = moving(weights);
        boolean training = Training.meant(call);
        Array mean = training ? overBatch(last, Reducing.MEAN) : weights.get(moving);
        Array variance = training ? overBatch(last, Reducing.VARIANCE) : weights.get(moving + 1);
        return List.of(normalized(last, mean, variance, weights));
    }

    /** The index of the moving mean; the moving variance follows. */
    private int moving(List<?> weights) {
        return weights.size() - (renorm ? 5 : 2);
    }

    /** Exchanges the axis of the channels and the last one. */
    private Array swapped(Array x) {
        int[] swap = IntStream.range(0, x.rank()).toArray();
        int counted = axis < 0 ? axis + x.rank() : axis;
        swap[counted] = x.rank() - 1;
        swap[x.rank() - 1] = counted;
        return Arranging.permute(x, swap);
    }

    private Array normalized(Array last, Array mean, Array variance, List<Array> weights) {
        Optional<Array> gamma = scale ? Optional.of(weights.get(0)) : Optional.empty();
        Optional<Array> beta = center ? Optional.of(weights.get(scale ? 1 : 0)) : Optional.empty();
        Normalizing.Statistics statistics = new Normalizing.Statistics(gamma, beta, mean, variance);
        return swapped(Normalizing.batch(last, statistics, epsilon));
    }

    @Override
    public boolean differsInTraining(boolean trainable) {
        return trainable && !Training.refused(call);
    }

    @Override
    public Optional<String> untrainable() {
        return renorm
                ? Optional.of(
                        "corrects batches by the moving statistics in training (renorm), which is not computed here")
                : Optional.empty();
    }

    /** Normalizes by the mean and the biased variance of the batch, which the moving statistics then follow; a mask leaves steps out, as in Keras 3. */
    @Override
    public Trained forwardTraining(
            List<Array> inputs, List<Optional<Array>> masks, List<Array> weights, TrainingPass pass) {
        if (!differsInTraining(pass.trainable())) {
            return Trained.of(forward(inputs, weights));
        }
        Array last = swapped(inputs.get(0));
        Normalizing.Moments moments = Normalizing.moments(last, masks.isEmpty() ? Optional.empty() : masks.get(0));
        int moving = moving(weights);
        Map<Integer, Array> renewed = Tape.aside(() -> Map.of(
                moving,
                followed(weights.get(moving), moments.mean()),
                moving + 1,
                followed(weights.get(moving + 1), moments.variance())));
        return new Trained(List.of(normalized(last, moments.mean(), moments.variance(), weights)), renewed);
    }

    private Array followed(Array moving, Array batch) {
        return Arithmetic.add(Arithmetic.scale(moving, momentum, 0), Arithmetic.scale(batch, 1 - momentum, 0));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = onnx.real(inputs.get(0));
        int counted = axis < 0 ? axis + x.rank() : axis;
        if (Training.meant(call)) {
            throw new OnnxBuilder.Missing("normalizes by the statistics of the batch, which has no form in ONNX here");
        }
        int count = weights.size() - (renorm ? 3 : 0);
        Shape channels = Shape.of(x.size(counted));
        double[] numbers = new double[(int) x.size(counted)];
        OnnxValue zeros = onnx.numbers(x.type(), channels, numbers);
        Arrays.fill(numbers, 1);
        OnnxValue ones = onnx.numbers(x.type(), channels, numbers);
        return List.of(onnx.withAxis(
                "BatchNormalization",
                Map.of("epsilon", epsilon),
                x,
                counted,
                1,
                scale ? weights.get(0) : ones,
                center ? weights.get(scale ? 1 : 0) : zeros,
                weights.get(count - 2),
                weights.get(count - 1)));
    }

    @Override
    public Optional<Scales> scales(List<Tensor> weights, int rank) {
        if (Training.meant(call)) {
            return Optional.empty();
        }
        Tensor mean = weights.get(moving(weights));
        Tensor variance = weights.get(moving(weights) + 1);
        double[] factor = new double[mean.length()];
        double[] offset = new double[mean.length()];
        for (int i = 0; i < factor.length; i++) {
            double gamma = scale ? weights.get(0).numberAt(i) : 1;
            double beta = center ? weights.get(scale ? 1 : 0).numberAt(i) : 0;
            factor[i] = gamma / Math.sqrt(variance.numberAt(i) + epsilon);
            offset[i] = beta - mean.numberAt(i) * factor[i];
        }
        return Optional.of(new Scales(axis < 0 ? axis + rank : axis, factor, offset));
    }

    private static Array overBatch(Array x, Reducing.Many many) {
        return Reducing.over(x, false, many, IntStream.range(0, x.rank() - 1).toArray());
    }

    @Override
    public Optional<String> caution() {
        return Training.caution(
                call,
                "it normalizes by the mean and the variance of the batch, so that a row's result depends on the rows it is predicted with; "
                        + "Keras 3 ignores this and uses the moving statistics");
    }
}
