package org.netsplice.layers;

import java.util.List;
import org.netsplice.graph.DType;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskOf;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Reducing;
import org.netsplice.ops.Tape;

/** Marks steps whose values all equal one number, so that later layers skip them, and sets them to 0; the shape stays (None, 50, 8). */
public record Masking(double maskValue) implements ComputedLayer {
    static final Kind<Masking> KIND = Kind.of(
                    "Masking",
                    Masking.class,
                    Kind.Family.CORE,
                    "Skips steps whose values all equal one number.",
                    new Kind.Example("mask_value=-1", "(None, 4, 2)"))
            .settings(Setting.real("mask_value", 0, Double.NEGATIVE_INFINITY, "The number that marks a step to skip."))
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public MaskRule masks() {
        return new MaskOf(x -> counted(x, false), this::counted);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shapes.atLeast(inputs, 2);
        return inputs;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return List.of(Arithmetic.multiply(inputs.get(0), counted(inputs.get(0), true)));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = onnx.real(inputs.get(0));
        OnnxValue counted = onnx.insert(counted(onnx, x), x.rank() - 1);
        return List.of(onnx.multiply(x, onnx.cast(counted, x.type())));
    }

    private OnnxValue counted(OnnxBuilder onnx, OnnxValue x) {
        OnnxValue marked = onnx.compare("Equal", x, onnx.number((float) maskValue, x.type()));
        OnnxValue others = onnx.cast(onnx.logical("Not", marked), DType.FLOAT32);
        return onnx.reduce("ReduceMax", others, false, x.rank() - 1);
    }

    private Array counted(Array x, boolean keep) {
        float marker = (float) maskValue;
        return Tape.aside(() -> Reducing.over(x.map(v -> v == marker ? 0 : 1), keep, Reducing.MAXIMUM, x.rank() - 1));
    }
}
