package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.kind.Trained;
import org.netsplice.layers.kind.Training;
import org.netsplice.layers.kind.TrainingPass;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Linear;
import org.netsplice.ops.Noise;

/** Attention in several parts of learned projections: query and value (None, 9, 8) give (None, 9, 8), whatever the number of heads. */
public record MultiHeadAttention(
        int numHeads,
        int keyDim,
        Optional<Integer> valueDim,
        boolean useBias,
        Optional<List<Integer>> outputShape,
        Optional<List<Integer>> attentionAxes,
        boolean useGate,
        Optional<Integer> slidingWindow,
        double dropout,
        MaskPolicy maskPolicy,
        Arguments call)
        implements AttentionLayer {
    static final Kind<MultiHeadAttention> KIND = Kind.of(
                    "MultiHeadAttention",
                    MultiHeadAttention.class,
                    Kind.Family.ATTENTION,
                    "Attends with several heads at once.",
                    new Kind.Example("num_heads=2, key_dim=3", "(None, 5, 4)", "(None, 5, 4)"))
            .settings(
                    Setting.integer("num_heads", 2, 1, "Number of heads."),
                    Setting.integer("key_dim", 16, 1, "Size of the projected queries and keys."),
                    Setting.optionalInteger(
                            "value_dim", 1, "Size of the projected values; that of the keys when empty."),
                    Setting.flag("use_bias", true, "Whether the projections have biases."),
                    Setting.optionalIntegers("output_shape", 1, "Size of the result; that of the query when empty."),
                    Setting.optionalIntegers(
                            "attention_axes",
                            Integer.MIN_VALUE,
                            "The axes attended over; all between batch and values when empty."),
                    Setting.flag("use_gate", false, "Whether a learned gate of the query scales the result."),
                    Setting.optionalInteger(
                            "sliding_window", 1, "How many steps away attention ends; empty for no limit."),
                    Heads.DROPOUT)
            .keepsMaskPolicy()
            .parameters(Heads.PARAMETERS)
            .requires("num_heads", "key_dim")
            .costs(Costs::heads)
            .shows("num_heads", "# heads")
            .shows("key_dim", "keys of #")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    /** The axes attended over, counted from 0. */
    int[] axes(int rank) {
        return attentionAxes
                .map(axes -> axes.stream()
                        .mapToInt(axis -> axis < 0 ? axis + rank : axis)
                        .toArray())
                .orElseGet(() -> IntStream.range(1, rank - 1).toArray());
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Heads<TensorSpec> given = Heads.specs(call, inputs);
        Shape query = given.query().shape();
        Shape value = given.value().shape();
        if (query.rank() < 3 || query.rank() != value.rank()) {
            throw new Misfit("needs query and value of one rank, 3 or more, received " + query + " and " + value, "");
        }
        Shape result = query.axes(0, query.rank() - 1);
        for (int size : outputShape.orElse(List.of(Math.toIntExact(Shapes.known(query, query.rank() - 1))))) {
            result = result.plus(size);
        }
        int[] axes = axes(query.rank());
        Shape scores = Heads.scores(query, value, axes, numHeads);
        Heads.checkMask(call, inputs, scores, axes.length);
        return outputCount() == 1
                ? List.of(TensorSpec.of(result))
                : List.of(TensorSpec.of(result), TensorSpec.of(scores));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        Heads<TensorSpec> given = Heads.specs(call, inputs);
        List<WeightSpec> specs = new ArrayList<>();
        project(specs, "query_dense", given.query().shape(), keyDim);
        project(specs, "key_dense", given.key().shape(), keyDim);
        if (useGate) {
            project(specs, "_gate_dense", given.query().shape(), valueDim.orElse(keyDim));
        }
        project(specs, "value_dense", given.value().shape(), valueDim.orElse(keyDim));
        Shape query = given.query().shape();
        long[] last = outputShape
                .map(sizes -> sizes.stream().mapToLong(Integer::longValue).toArray())
                .orElseGet(() -> new long[] {Shapes.known(query, query.rank() - 1)});
        long[] kernel = new long[last.length + 2];
        kernel[0] = numHeads;
        kernel[1] = valueDim.orElse(keyDim);
        System.arraycopy(last, 0, kernel, 2, last.length);
        specs.add(WeightSpec.trainable("kernel", Initial.GLOROT_UNIFORM, kernel).in("output_dense"));
        if (useBias) {
            specs.add(WeightSpec.trainable("bias", Initial.ZEROS, last).in("output_dense"));
        }
        return specs;
    }

    private void project(List<WeightSpec> specs, String part, Shape shape, long size) {
        long in = Shapes.known(shape, shape.rank() - 1);
        specs.add(WeightSpec.trainable("kernel", Initial.GLOROT_UNIFORM, in, numHeads, size)
                .in(part));
        if (useBias) {
            specs.add(
                    WeightSpec.trainable("bias", Initial.ZEROS, numHeads, size).in(part));
        }
    }

    @Override
    public boolean removesMasks() {
        return !maskPolicy.old();
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        boolean told = call.plain() && outputShape.isEmpty() && !useGate;
        return told ? Heads.axes(inputs, numHeads, keyDim, valueDim.orElse(keyDim), useBias) : Axes.FIXED;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Optional<Array>> masks, List<Array> weights) {
        return forward(inputs, masks, weights, shares -> shares);
    }

    @Override
    public boolean differsInTraining(boolean trainable) {
        return dropout > 0 && !Training.refused(call);
    }

    @Override
    public Trained forwardTraining(
            List<Array> inputs, List<Optional<Array>> masks, List<Array> weights, TrainingPass pass) {
        return Trained.of(forward(
                inputs,
                masks,
                weights,
                differsInTraining(pass.trainable())
                        ? shares -> Noise.dropped(shares, dropout, pass.random())
                        : shares -> shares));
    }

    private List<Array> forward(
            List<Array> inputs, List<Optional<Array>> masks, List<Array> weights, UnaryOperator<Array> dropping) {
        Heads<Array> given = Heads.arrays(call, inputs);
        int step = useBias ? 2 : 1;
        Array query = Heads.projected(given.query(), weights.subList(0, step));
        Array key = Heads.projected(given.key(), weights.subList(step, 2 * step));
        int gate = useGate ? step : 0;
        Array value = Heads.projected(given.value(), weights.subList(2 * step + gate, 3 * step + gate));
        int[] attended = axes(given.query().rank());
        AttendedAxes axes = AttendedAxes.of(given.query().rank(), attended);
        Array targets = axes.moved(query);
        Array sources = axes.moved(key);
        Array scaled = Arithmetic.scale(axes.flat(targets), 1 / Math.sqrt(keyDim), 0);
        Array scores = Linear.matmul(scaled, Heads.transposed(axes.flat(sources)));
        long[] sizes = axes.sizes(targets, sources);
        AttentionMask mask = Heads.mask(given, call, inputs, masks, slidingWindow, maskPolicy)
                .spread(sizes.length, attended.length)
                .flat(sizes, attended.length);
        Array shares = mask.shares(scores, Heads.blocking(maskPolicy, dropout, this, query.rank()));
        Array attendedTo = Linear.matmul(dropping.apply(shares), axes.flat(axes.moved(value)));
        Array back = axes.back(attendedTo, targets);
        Array gated = useGate ? Heads.gated(back, given.query(), weights.subList(2 * step, 3 * step)) : back;
        Array result = Heads.joined(gated, weights.subList(3 * step + gate, weights.size()));
        return outputCount() == 1 ? List.of(result) : List.of(result, shares.reshape(sizes));
    }

    @Override
    public List<OnnxValue> write(
            OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks, List<OnnxValue> weights) {
        return OnnxAttention.heads(onnx, this, inputs, masks, weights);
    }
}
