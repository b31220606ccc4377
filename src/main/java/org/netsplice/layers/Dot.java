package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.netsplice.config.Json;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Codec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Array;
import org.netsplice.ops.Linear;

/** Sums of products along one axis of each input: {@code Dot(axes=1)} of (None, 8) and (None, 8) is (None, 1). */
public record Dot(List<Integer> axes, boolean normalize) implements ComputedLayer {
    static final Kind<Dot> KIND = Kind.of(
                    "Dot",
                    Dot.class,
                    Kind.Family.MERGE,
                    "Sums the products of two inputs along an axis of each.",
                    new Kind.Example("axes=[2, 1]", "(None, 3, 4)", "(None, 4, 5)"))
            .settings(
                    new Setting<>(
                            "axes",
                            List.of(-1),
                            "The axes along which products are summed.",
                            new Codec<>(
                                    "an axis, or one for each input",
                                    Dot::axes,
                                    value -> value.size() == 1 ? value.get(0) : value)),
                    Setting.flag("normalize", false, "Whether vectors get length 1 first (cosine similarity)."))
            .requires("axes")
            .mergeModes("dot", "cos")
            .build();

    private static List<Integer> axes(Json json) {
        List<Integer> axes = json.isNumber()
                ? List.of(Codec.within(json, Integer.MIN_VALUE))
                : json.items().stream()
                        .map(item -> Codec.within(item, Integer.MIN_VALUE))
                        .toList();
        if (axes.isEmpty() || axes.size() > 2) {
            throw json.wrong("expected one or two axes, received " + json);
        }
        return axes;
    }

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public Arity arity() {
        return Arity.TWO;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape one = inputs.get(0).shape();
        Shape two = inputs.get(1).shape();
        if (one.rank() < 2 || two.rank() < 2) {
            throw new Misfit("needs inputs with at least 2 axes, received " + one + " and " + two, "");
        }
        int axisOne = Shapes.axis(axes.get(0), one);
        int axisTwo = Shapes.axis(axes.get(axes.size() - 1), two);
        if (axisOne == 0 || axisTwo == 0) {
            throw new Misfit("cannot sum along the batch", "Choose other axes.");
        }
        if (!one.axes(axisOne, axisOne + 1).accepts(two.axes(axisTwo, axisTwo + 1))) {
            throw new Misfit(
                    "needs equal sizes along axes " + axisOne + " and " + axisTwo + ", received " + one + " and " + two,
                    "Choose other axes.");
        }
        List<Long> sizes = new ArrayList<>();
        for (int axis = 0; axis < one.rank(); axis++) {
            if (axis != axisOne) {
                sizes.add(one.size(axis));
            }
        }
        for (int axis = 1; axis < two.rank(); axis++) {
            if (axis != axisTwo) {
                sizes.add(two.size(axis));
            }
        }
        if (sizes.size() == 1) {
            sizes.add(1L);
        }
        return Shapes.floats(Shape.of(sizes.stream().mapToLong(Long::longValue).toArray()));
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        Shape one = inputs.get(0).shape();
        return Layer.product(
                2,
                one.size(Shapes.axis(axes.get(0), one)),
                outputs.get(0).shape().elementsPerRow());
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array one = inputs.get(0);
        Array two = inputs.get(1);
        int axisOne = counted(axes.get(0), one);
        int axisTwo = counted(axes.get(axes.size() - 1), two);
        return List.of(Linear.dot(
                normalize ? Linear.unitLength(one, axisOne) : one,
                normalize ? Linear.unitLength(two, axisTwo) : two,
                axisOne,
                axisTwo));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue first = onnx.real(inputs.get(0));
        OnnxValue second = onnx.real(inputs.get(1));
        int axisOne = Shapes.axis(axes.get(0), first.shape());
        int axisTwo = Shapes.axis(axes.get(axes.size() - 1), second.shape());
        OnnxValue one = normalize ? unitLength(onnx, first, axisOne) : first;
        OnnxValue two = normalize ? unitLength(onnx, second, axisTwo) : second;
        StringBuilder left = new StringBuilder("nabcdefg".substring(0, one.rank()));
        StringBuilder right = new StringBuilder("npqrstuv".substring(0, two.rank()));
        left.setCharAt(axisOne, 'z');
        right.setCharAt(axisTwo, 'z');
        String kept = left.toString().replace("z", "") + right.substring(1).replace("z", "");
        Shape shape = outputs(List.of(TensorSpec.of(one.shape()), TensorSpec.of(two.shape())))
                .get(0)
                .shape();
        Shape summed = kept.length() == 1 ? shape.axes(0, 1) : shape;
        OnnxValue result =
                onnx.node("Einsum", Map.of("equation", left + "," + right + "->" + kept), one.type(), summed, one, two);
        return List.of(kept.length() == 1 ? onnx.insert(result, 1) : result);
    }

    private static OnnxValue unitLength(OnnxBuilder onnx, OnnxValue x, int axis) {
        OnnxValue squares = onnx.reduce("ReduceSum", onnx.multiply(x, x), true, axis);
        return onnx.divide(x, onnx.each("Sqrt", onnx.each("Max", squares, onnx.number(1e-12, x.type()))));
    }

    private static int counted(int axis, Array x) {
        return axis < 0 ? axis + x.rank() : axis;
    }
}
