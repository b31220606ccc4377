package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Arguments;
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
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Linear;
import org.netsplice.ops.Noise;

/** Attention whose query heads share key and value heads in groups: query and value (None, 9, 8) give (None, 9, 8). */
public record GroupQueryAttention(
        int headDim,
        int numQueryHeads,
        int numKeyValueHeads,
        boolean useBias,
        boolean useGate,
        Optional<Integer> slidingWindow,
        double dropout,
        Arguments call)
        implements AttentionLayer {
    static final Kind<GroupQueryAttention> KIND = Kind.of(
                    "GroupQueryAttention",
                    GroupQueryAttention.class,
                    Kind.Family.ATTENTION,
                    "Attends with fewer key and value heads than query heads.",
                    new Kind.Example(
                            "head_dim=3, num_query_heads=4, num_key_value_heads=2", "(None, 5, 4)", "(None, 5, 4)"))
            .settings(
                    Setting.integer("head_dim", 16, 1, "Size of a head."),
                    Setting.integer("num_query_heads", 2, 1, "Number of query heads."),
                    Setting.integer("num_key_value_heads", 1, 1, "Number of key and value heads; divides the former."),
                    Setting.flag("use_bias", true, "Whether the projections have biases."),
                    Setting.flag("use_gate", false, "Whether a learned gate of the query scales the result."),
                    Setting.optionalInteger(
                            "sliding_window", 1, "How many steps away attention ends; empty for no limit."),
                    Heads.DROPOUT)
            .parameters(Heads.PARAMETERS)
            .alsoNamed("GroupedQueryAttention")
            .storedAs("GroupedQueryAttention")
            .requires("head_dim", "num_query_heads", "num_key_value_heads")
            .costs(Costs::sharedHeads)
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        if (numQueryHeads % numKeyValueHeads != 0) {
            throw new Misfit(
                    "needs num_key_value_heads (" + numKeyValueHeads + ") that divide num_query_heads (" + numQueryHeads
                            + ")",
                    "Change one of them.");
        }
        Heads<TensorSpec> given = Heads.specs(call, inputs);
        Shape query = given.query().shape();
        Shape value = given.value().shape();
        if (query.rank() != 3 || value.rank() != 3) {
            throw new Misfit("needs query and value of rank 3, received " + query + " and " + value, "");
        }
        Shape scores = Shape.of(query.size(0), numQueryHeads, query.size(1), value.size(1));
        Heads.checkMask(call, inputs, scores, 1);
        return outputCount() == 1
                ? List.of(TensorSpec.of(query))
                : List.of(TensorSpec.of(query), TensorSpec.of(scores));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        Heads<TensorSpec> given = Heads.specs(call, inputs);
        long out = Shapes.known(given.query().shape(), 2);
        List<WeightSpec> specs = new ArrayList<>();
        add(specs, "_query_dense", new long[] {out, numQueryHeads, headDim}, numQueryHeads, headDim);
        long keys = Shapes.known(given.key().shape(), 2);
        add(specs, "_key_dense", new long[] {keys, numKeyValueHeads, headDim}, numKeyValueHeads, headDim);
        if (useGate) {
            add(specs, "_gate_dense", new long[] {out, numQueryHeads, headDim}, numQueryHeads, headDim);
        }
        long values = Shapes.known(given.value().shape(), 2);
        add(specs, "_value_dense", new long[] {values, numKeyValueHeads, headDim}, numKeyValueHeads, headDim);
        add(specs, "_output_dense", new long[] {numQueryHeads, headDim, out}, out);
        return specs;
    }

    private void add(List<WeightSpec> specs, String part, long[] kernel, long... bias) {
        specs.add(WeightSpec.trainable("kernel", Initial.GLOROT_UNIFORM, kernel).in(part));
        if (useBias) {
            specs.add(WeightSpec.trainable("bias", Initial.ZEROS, bias).in(part));
        }
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
        int repeats = numQueryHeads / numKeyValueHeads;
        Array query = byHead(Heads.projected(given.query(), weights.subList(0, step)));
        Array key = byHead(Arranging.repeat(Heads.projected(given.key(), weights.subList(step, 2 * step)), 2, repeats));
        int gate = useGate ? step : 0;
        List<Array> valueWeights = weights.subList(2 * step + gate, 3 * step + gate);
        Array value = byHead(Arranging.repeat(Heads.projected(given.value(), valueWeights), 2, repeats));
        Array scores = Arithmetic.scale(Linear.matmul(query, Heads.transposed(key)), 1 / Math.sqrt(headDim), 0);
        AttentionMask mask = Heads.mask(given, call, inputs, masks, slidingWindow, MaskPolicy.KERAS_3)
                .spread(scores.rank(), 1);
        Array shares = mask.shares(scores, Heads.blocking(MaskPolicy.KERAS_3, dropout, this, query.rank()));
        Array back = byHead(Linear.matmul(dropping.apply(shares), value));
        Array gated = useGate ? Heads.gated(back, given.query(), weights.subList(2 * step, 3 * step)) : back;
        Array result = Heads.joined(gated, weights.subList(3 * step + gate, weights.size()));
        return outputCount() == 1 ? List.of(result) : List.of(result, shares);
    }

    @Override
    public List<OnnxValue> write(
            OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks, List<OnnxValue> weights) {
        Heads<OnnxValue> given = Heads.values(call, inputs);
        int step = useBias ? 2 : 1;
        int gate = useGate ? step : 0;
        int repeats = numQueryHeads / numKeyValueHeads;
        OnnxValue query = OnnxAttention.projected(onnx, given.query(), weights.subList(0, step));
        OnnxValue key = OnnxAttention.projected(onnx, given.key(), weights.subList(step, 2 * step));
        OnnxValue value =
                OnnxAttention.projected(onnx, given.value(), weights.subList(2 * step + gate, 3 * step + gate));
        OnnxValue keys = onnx.transpose(OnnxAttention.repeated(onnx, key, repeats), 0, 2, 3, 1);
        OnnxValue values = onnx.transpose(OnnxAttention.repeated(onnx, value, repeats), 0, 2, 1, 3);
        OnnxValue scores = onnx.scale(onnx.matmul(onnx.transpose(query, 0, 2, 1, 3), keys), 1 / Math.sqrt(headDim), 0);
        OnnxValue shares = OnnxAttention.of(onnx, given, call, inputs, masks, MaskPolicy.KERAS_3)
                .near(slidingWindow, given.query(), given.value())
                .spread(scores.rank(), 1)
                .blocking(Heads.blocking(MaskPolicy.KERAS_3, dropout, this, query.rank()))
                .shares(scores);
        OnnxValue back = onnx.transpose(onnx.matmul(shares, values), 0, 2, 1, 3);
        OnnxValue gated =
                useGate ? OnnxAttention.gated(onnx, back, given.query(), weights.subList(2 * step, 3 * step)) : back;
        OnnxValue result = OnnxAttention.joined(onnx, gated, weights.subList(3 * step + gate, weights.size()));
        return outputCount() == 1 ? List.of(result) : List.of(result, shares);
    }

    /** Swaps steps and heads: (batch, steps, heads, size) becomes (batch, heads, steps, size), and the other way round. */
    private static Array byHead(Array x) {
        return Arranging.permute(x, 0, 2, 1, 3);
    }
}
