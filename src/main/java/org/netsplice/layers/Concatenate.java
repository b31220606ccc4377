package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.netsplice.graph.Arity;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Broadcasting;
import org.netsplice.ops.Reducing;

/** Joins inputs along an axis: {@code Concatenate()} of (None, 32, 32, 32) and (None, 32, 32, 32) is (None, 32, 32, 64). */
public record Concatenate(int axis, MaskPolicy maskPolicy) implements ComputedLayer {
    static final Kind<Concatenate> KIND = Kind.of(
                    "Concatenate",
                    Concatenate.class,
                    Kind.Family.MERGE,
                    "Joins its inputs along one axis.",
                    new Kind.Example("axis=1", "(None, 3, 4)", "(None, 2, 4)"))
            .settings(Setting.axis("axis", -1, "The axis along which the sizes add up."))
            .alsoNamed("TFDConcat")
            .mergeModes("concat")
            .keepsMaskPolicy()
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public Arity arity() {
        return Arity.TWO_OR_MORE;
    }

    @Override
    public MaskRule masks() {
        return new MaskRule() {
            @Override
            public boolean gives(List<Boolean> masked) {
                return masked.contains(true);
            }

            @Override
            public Array mask(List<Array> inputs, List<Optional<Array>> masks) {
                return joined(inputs, masks);
            }

            @Override
            public OnnxValue write(OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks) {
                return joined(onnx, inputs, masks);
            }
        };
    }

    /** Masks are broadcast to the shapes of their inputs and concatenated likewise. A step counts when any of its values counts; in Keras 2, when all do. */
    private Array joined(List<Array> inputs, List<Optional<Array>> masks) {
        List<Array> all = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            long[] sizes = inputs.get(i).sizes();
            Array mask = masks.get(i).orElseGet(() -> Array.of(new float[] {1}, 1));
            boolean shorter = masks.get(i).isPresent() && mask.rank() < sizes.length;
            long[] open = java.util.Arrays.copyOf(mask.sizes(), mask.rank() + 1);
            open[mask.rank()] = 1;
            all.add(Broadcasting.to(shorter ? mask.reshape(open) : mask, sizes));
        }
        Array whole = forward(all, List.of()).get(0);
        return Reducing.over(whole, false, maskPolicy.old() ? Reducing.MINIMUM : Reducing.MAXIMUM, whole.rank() - 1);
    }

    private OnnxValue joined(OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks) {
        List<OnnxValue> all = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            OnnxValue x = inputs.get(i);
            OnnxValue same = onnx.compare("Less", x, x);
            OnnxValue mask = masks.get(i).orElseGet(() -> onnx.number(1, DType.INT64));
            OnnxValue wide = mask.rank() > 0 && mask.rank() < x.rank() ? onnx.insert(mask, mask.rank()) : mask;
            all.add(onnx.cast(onnx.logical("Or", same, wide), DType.FLOAT32));
        }
        OnnxValue whole = write(onnx, all, List.of()).get(0);
        return onnx.reduce(maskPolicy.old() ? "ReduceMin" : "ReduceMax", whole, false, whole.rank() - 1);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape joined = inputs.get(0).shape();
        int counted = Shapes.axis(axis, joined);
        if (counted == 0) {
            throw new Misfit("cannot join along the batch", "Choose another axis.");
        }
        for (TensorSpec input : inputs.subList(1, inputs.size())) {
            Shape next = input.shape();
            if (next.rank() != joined.rank()
                    || !joined.with(counted, Shape.UNKNOWN).accepts(next)) {
                throw new Misfit(
                        "needs shapes that differ only along axis " + axis + ", received " + listed(inputs),
                        "Insert a Flatten, pooling or Dense layer before it, or choose another axis.");
            }
            long sum = Shapes.sum(joined.size(counted), next.size(counted));
            for (int i = 0; i < joined.rank(); i++) {
                joined = joined.size(i) == Shape.UNKNOWN ? joined.with(i, next.size(i)) : joined;
            }
            joined = joined.with(counted, sum);
        }
        return List.of(new TensorSpec(
                joined,
                inputs.stream()
                        .map(TensorSpec::dtype)
                        .reduce(ElementTypes::common)
                        .orElseThrow()));
    }

    private static String listed(List<TensorSpec> inputs) {
        return inputs.stream().map(input -> input.shape().toString()).collect(Collectors.joining(" and "));
    }

    @Override
    public boolean sumsNothing() {
        return true;
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        Shape whole = outputs(inputs).get(0).shape();
        int joined = Shapes.axis(axis, whole);
        Axes axes = Axes.FIXED;
        for (int each = 1; each < whole.rank(); each++) {
            List<Axes.Place> places = new ArrayList<>(List.of(Axes.Of.OUTPUT.at(0, each)));
            for (int i = 0; i < inputs.size(); i++) {
                places.add(Axes.Of.INPUT.at(i, each));
            }
            axes = each == joined ? axes : axes.bond(whole.size(each), places);
        }
        long before = 0;
        for (int i = 0; i < inputs.size() && whole.size(joined) != Shape.UNKNOWN; i++) {
            long size = inputs.get(i).shape().size(joined);
            Axes.Place part = Axes.Of.OUTPUT.at(0, joined).from(before);
            axes = axes.bond(size, Axes.Of.INPUT.at(i, joined), part);
            before += size;
        }
        return axes;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        int counted = axis < 0 ? axis + inputs.get(0).rank() : axis;
        return List.of(Arranging.concatenate(inputs, counted));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        int counted = axis < 0 ? axis + inputs.get(0).rank() : axis;
        return List.of(onnx.concat(counted, inputs));
    }
}
