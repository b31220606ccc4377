package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Gates;
import org.netsplice.ops.Linear;
import org.netsplice.ops.Recurrent;

/** A step of a gated recurrent unit, gates in the order z, r, h: (None, 8) and a state (None, 32) give (None, 32) and the new state. */
public record GRUCell(
        int units, Activation activation, Activation recurrentActivation, boolean useBias, boolean resetAfter)
        implements RecurrentCell {
    static final Setting<?>[] SETTINGS = {
        Cells.UNITS,
        Cells.ACTIVATION,
        Cells.RECURRENT_ACTIVATION,
        Cells.BIAS,
        Setting.flag("reset_after", true, "Whether the reset gate acts after the multiplication.")
    };
    static final Kind<GRUCell> KIND = Kind.of(
                    "GRUCell",
                    GRUCell.class,
                    Kind.Family.INTERNAL,
                    "A step of a GRU.",
                    new Kind.Example("units=3", "(None, 2)", "(None, 3)"))
            .settings(SETTINGS)
            .beforeThree("reset_after", false)
            .requires("units")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public int stateCount() {
        return 1;
    }

    @Override
    public List<Shape> states(Shape step) {
        return List.of(Shape.of(step.size(0), units));
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        return activation.keepsOrder() && recurrentActivation.keepsOrder()
                ? Cells.axes(inputs, units, 3, !useBias ? -1 : resetAfter ? 1 : 0)
                : Axes.FIXED;
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        List<WeightSpec> specs = new ArrayList<>(Cells.kernels(inputs, units, 3));
        long wide = 3L * units;
        if (useBias) {
            specs.add(
                    WeightSpec.trainable("bias", Initial.ZEROS, resetAfter ? new long[] {2, wide} : new long[] {wide}));
        }
        return specs;
    }

    @Override
    public Array prepared(Array steps, List<Array> weights) {
        return Linear.dense(steps, weights.get(0), bias(weights, 0));
    }

    @Override
    public Recurrent.Step step(Array prepared, List<Array> states, List<Array> weights) {
        Array state = states.get(0);
        Array kernel = weights.get(1);
        Array inner = Linear.dense(state, kernel, resetAfter ? bias(weights, 1) : Optional.empty());
        boolean single = prepared.form() == Array.Form.FLOAT && inner.form() == Array.Form.FLOAT;
        if (single && resetAfter && activation.isElementwise() && recurrentActivation.isElementwise()) {
            return Gates.gated(prepared, inner, state, recurrentActivation.bend(), activation.bend());
        }
        Array update = gate(prepared, inner, 0);
        Array reset = gate(prepared, inner, 1);
        Array recurrent = resetAfter
                ? Arithmetic.multiply(reset, Recurrent.part(inner, 2, units))
                : Linear.dense(Arithmetic.multiply(reset, state), Recurrent.part(kernel, 2, units), Optional.empty());
        Array candidate = activation.apply(Arithmetic.add(Recurrent.part(prepared, 2, units), recurrent));
        Array kept = Arithmetic.multiply(update, state);
        Array result = Arithmetic.add(kept, Arithmetic.multiply(Arithmetic.scale(update, -1, 1), candidate));
        return new Recurrent.Step(result, List.of(result));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue state = inputs.get(1);
        OnnxValue kernel = weights.get(1);
        OnnxValue prepared = OnnxSequences.dense(onnx, inputs.get(0), weights.get(0), bias(onnx, weights, 0));
        OnnxValue inner = OnnxSequences.dense(onnx, state, kernel, resetAfter ? bias(onnx, weights, 1) : null);
        OnnxValue update = recurrentActivation.write(
                onnx,
                onnx.add(OnnxSequences.part(onnx, prepared, 0, units), OnnxSequences.part(onnx, inner, 0, units)));
        OnnxValue reset = recurrentActivation.write(
                onnx,
                onnx.add(OnnxSequences.part(onnx, prepared, 1, units), OnnxSequences.part(onnx, inner, 1, units)));
        OnnxValue recurrent = resetAfter
                ? onnx.multiply(reset, OnnxSequences.part(onnx, inner, 2, units))
                : onnx.matmul(onnx.multiply(reset, state), OnnxSequences.part(onnx, kernel, 2, units));
        OnnxValue candidate = activation.write(onnx, onnx.add(OnnxSequences.part(onnx, prepared, 2, units), recurrent));
        OnnxValue kept = onnx.multiply(update, state);
        OnnxValue result = onnx.add(kept, onnx.multiply(onnx.scale(update, -1, 1), candidate));
        return List.of(result, result);
    }

    @Override
    public Optional<OnnxSequences.Node> node(OnnxBuilder onnx, List<OnnxValue> weights) {
        return OnnxSequences.Node.of(List.of(recurrentActivation, activation))
                .map(functions -> functions.with(
                        "GRU",
                        OnnxSequences.kernels(onnx, weights, 0, 1, 2),
                        Map.of("linear_before_reset", resetAfter ? 1 : 0)));
    }

    private Array gate(Array x, Array inner, int part) {
        return recurrentActivation.apply(
                Arithmetic.add(Recurrent.part(x, part, units), Recurrent.part(inner, part, units)));
    }

    private OnnxValue bias(OnnxBuilder onnx, List<OnnxValue> weights, int row) {
        if (!useBias) {
            return null;
        }
        OnnxValue bias = weights.get(2);
        return resetAfter ? onnx.reshape(onnx.reordered(bias, 2, row), 3L * units) : bias;
    }

    private Optional<Array> bias(List<Array> weights, int row) {
        if (!useBias) {
            return Optional.empty();
        }
        Array bias = weights.get(2);
        long wide = 3L * units;
        return Optional.of(
                resetAfter
                        ? Arranging.slice(bias, new long[] {row, 0}, new long[] {row + 1L, wide})
                                .reshape(wide)
                        : bias);
    }

    @Override
    public List<String> functions(WeightSpec weight) {
        return List.of("recurrent_activation", "recurrent_activation", "activation");
    }

    @Override
    public String activationText() {
        return activation.text();
    }
}
