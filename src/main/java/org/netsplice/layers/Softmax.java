package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Activations;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;
import org.netsplice.ops.Selecting;

/**
 * {@code exp(x) / sum(exp(x))} along one axis or several together; the shape stays (None, 10). Masked values become 0,
 * in Keras 2 only where other values are not masked.
 */
public record Softmax(List<Integer> axis, MaskPolicy maskPolicy, Arguments call) implements ComputedLayer {
    static final Kind<Softmax> KIND = Kind.of(
                    "Softmax",
                    Softmax.class,
                    Kind.Family.ACTIVATION,
                    "Turns values into shares that sum to 1.",
                    new Kind.Example("axis=-1", "(None, 4)"))
            .settings(Setting.axes("axis", List.of(-1), "The axis, or several together."))
            .parameters(Parameter.value("inputs"), Parameter.keyword("mask"))
            .keepsMaskPolicy()
            .notInHdf5((layer, nested) -> layer.axis.size() > 1, "an axis that is a list is dropped")
            .build();
    private static final float FAR = 1e9f;

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.PROBABILITIES);
    }

    @Override
    public boolean joins() {
        return false;
    }

    @Override
    public Arity arity() {
        return call.plain() ? Arity.ONE : new Arity(call.count(), call.count());
    }

    @Override
    public boolean readsMasks() {
        return true;
    }

    @Override
    public MaskRule masks() {
        return MaskRule.given(call);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        axis.forEach(one -> Shapes.axis(one, shape));
        call.input("mask").map(inputs::get).map(TensorSpec::shape).ifPresent(mask -> {
            if (!Shapes.stretches(mask, shape)) {
                throw new Misfit("needs a mask that stretches to " + shape + ", received " + mask, "");
            }
        });
        return Shapes.floats(shape);
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        return Axes.kept(inputs);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Optional<Array>> masks, List<Array> weights) {
        Optional<Array> mask = call.mask(inputs, masks);
        if (mask.isEmpty()) {
            return forward(inputs, weights);
        }
        Array x = inputs.get(0);
        if (maskPolicy.old()) {
            return forward(List.of(Arithmetic.add(x, Arithmetic.scale(mask.get(), FAR, -FAR))), weights);
        }
        Array counted = mask.get().map(v -> v > 0.5 ? 1 : 0);
        Array low = Selecting.where(counted, x, Array.of(new float[] {-FAR}, 1));
        return List.of(Selecting.where(counted, forward(List.of(low), weights).get(0), Array.zeros(1)));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array x = inputs.get(0);
        List<Integer> axes =
                axis.stream().map(one -> one < 0 ? one + x.rank() : one).toList();
        return List.of(Activations.softmax(x, axes));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = onnx.real(inputs.get(0));
        int[] axes =
                axis.stream().mapToInt(one -> one < 0 ? one + x.rank() : one).toArray();
        if (axes.length == 1) {
            return List.of(onnx.along("Softmax", x, axes[0]));
        }
        OnnxValue shares = onnx.each("Exp", onnx.subtract(x, onnx.reduce("ReduceMax", x, true, axes)));
        return List.of(onnx.divide(shares, onnx.reduce("ReduceSum", shares, true, axes)));
    }

    @Override
    public List<OnnxValue> write(
            OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks, List<OnnxValue> weights) {
        Optional<OnnxValue> mask = call.mask(inputs, masks);
        if (mask.isEmpty()) {
            return write(onnx, inputs, weights);
        }
        OnnxValue x = onnx.real(inputs.get(0));
        if (maskPolicy.old()) {
            return write(onnx, List.of(onnx.add(x, onnx.scale(mask.get(), FAR, -FAR))), weights);
        }
        OnnxValue counted = onnx.compare("Greater", onnx.real(mask.get()), onnx.number(0.5, x.type()));
        OnnxValue low = onnx.where(counted, x, onnx.number(-FAR, x.type()));
        return List.of(onnx.where(counted, write(onnx, List.of(low), weights).get(0), onnx.number(0, x.type())));
    }
}
