package org.netsplice.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.netsplice.config.Json;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Codec;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.operation.ProductOperations;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Einsum;

/** A dense layer in Einstein's notation: {@code EinsumDense("abc,cd->abd", output_shape=(None, 6))} turns (None, 9, 4) into (None, 9, 6). */
public record EinsumDense(String equation, List<Integer> outputShape, Optional<String> biasAxes, Activation activation)
        implements Quantizable {
    private static final int OPEN = -1;

    static final Kind<EinsumDense> KIND = Kind.of(
                    "EinsumDense",
                    EinsumDense.class,
                    Kind.Family.CORE,
                    "Multiplies by weights along axes that an equation names.",
                    new Kind.Example("equation=\"abc,cd->abd\", output_shape=[null, 6], bias_axes=d", "(None, 5, 4)"))
            .settings(
                    Setting.text("equation", "ab,bc->ac", "Input and kernel, then the result, in Einstein's notation."),
                    new Setting<>(
                            "output_shape",
                            List.of(8),
                            "Sizes of the result.",
                            new Codec<>(
                                    "sizes after the batch; null where the input decides",
                                    EinsumDense::sizes,
                                    EinsumDense::written)),
                    Setting.optionalText("bias_axes", "The result's letters that have a bias; empty for no bias."),
                    Activation.setting("activation", "Applied to the result."))
            .requires("equation", "output_shape")
            .build();

    private static List<Integer> sizes(Json json) {
        return (json.isList() ? json.items() : List.of(json))
                .stream()
                        .map(item -> item.isNull() ? OPEN : Codec.within(item, 0))
                        .toList();
    }

    private static Object written(List<Integer> sizes) {
        List<Object> all = new ArrayList<>();
        sizes.forEach(size -> all.add(size == OPEN ? null : size));
        return all;
    }

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    private String side(int index) {
        return equation.replace(" ", "").split(",|->")[index];
    }

    /** The sizes of the equation's letters for an input; an ellipsis is replaced by letters of its own. */
    private Map<Character, Long> letters(Shape shape) {
        String[] sides = equation.replace(" ", "").split(",|->");
        if (sides.length != 3 || !equation.contains("->")) {
            throw new Misfit("cannot read the equation \"" + equation + "\"", "Write it as \"ab,bc->ac\".");
        }
        Map<Character, Long> sizes = new HashMap<>();
        String in = sides[0].replace("...", ".");
        int more = shape.rank() - (in.length() - (in.contains(".") ? 1 : 0));
        if (more < 0 || (more > 0 && !in.contains("."))) {
            throw new Misfit("with the equation \"" + equation + "\" does not take an input of shape " + shape, "");
        }
        for (int i = 0, axis = 0; i < in.length(); i++) {
            if (in.charAt(i) == '.') {
                axis += more;
            } else {
                sizes.put(in.charAt(i), shape.size(axis++));
            }
        }
        String out = sides[2].replace("...", "");
        for (int back = 1; back <= Math.min(outputShape.size(), out.length()); back++) {
            int size = outputShape.get(outputShape.size() - back);
            char letter = out.charAt(out.length() - back);
            if (size != OPEN) {
                sizes.put(letter, (long) size);
            }
        }
        return sizes;
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = inputs.get(0).shape();
        Shape kernel = weights(inputs).get(0).shape();
        return Shapes.floats(ProductOperations.summed(equation.replace(" ", ""), List.of(shape, kernel)));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        Map<Character, Long> sizes = letters(inputs.get(0).shape());
        List<WeightSpec> specs = new ArrayList<>();
        specs.add(WeightSpec.trainable(
                "kernel",
                Initial.GLOROT_UNIFORM,
                side(1).chars().mapToLong(letter -> size(sizes, (char) letter)).toArray()));
        biasAxes.ifPresent(axes -> {
            String out = side(2).replace("...", "");
            int first = axes.chars().map(out::indexOf).min().orElse(0);
            if (first < 0) {
                throw new Misfit("has no letter of bias_axes \"" + axes + "\" in its result", "Change bias_axes.");
            }
            LongStream own = out.substring(first)
                    .chars()
                    .mapToLong(letter -> axes.indexOf(letter) >= 0 ? size(sizes, (char) letter) : 1);
            LongStream behind =
                    LongStream.generate(() -> 1).limit(behind(inputs.get(0).shape()));
            specs.add(WeightSpec.trainable(
                    "bias", Initial.ZEROS, LongStream.concat(own, behind).toArray()));
        });
        return specs;
    }

    /** The number of axes that a trailing ellipsis of the input stands for. */
    private int behind(Shape shape) {
        String in = side(0);
        return in.endsWith("...") ? shape.rank() - (in.length() - "...".length()) : 0;
    }

    private long size(Map<Character, Long> sizes, char letter) {
        long size = sizes.getOrDefault(letter, Shape.UNKNOWN);
        if (size == Shape.UNKNOWN) {
            throw new Misfit("cannot tell the size of \"" + letter + "\" in \"" + equation + "\"", "Set output_shape.");
        }
        return size;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        Array result = Einsum.compute(equation.replace(" ", ""), List.of(inputs.get(0), weights.get(0)));
        return List.of(activation.apply(biasAxes.isPresent() ? Arithmetic.add(result, weights.get(1)) : result));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        OnnxValue x = onnx.real(inputs.get(0));
        String letters = equation.replace(" ", "");
        Shape shape = ProductOperations.summed(
                letters, List.of(x.shape(), weights.get(0).shape()));
        OnnxValue result = onnx.node("Einsum", Map.of("equation", letters), x.type(), shape, x, weights.get(0));
        return List.of(activation.write(onnx, biasAxes.isPresent() ? onnx.add(result, weights.get(1)) : result));
    }

    @Override
    public String activationText() {
        return activation.text();
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        Shape shape = inputs.get(0).shape();
        long summed = 1;
        for (int axis : summed(shape)) {
            summed = Layer.product(summed, shape.size(axis));
        }
        return Layer.product(2, summed, outputs.get(0).shape().elementsPerRow());
    }

    /** The scales have the axes of the result, of size 1 where the kernel has no such letter. */
    @Override
    public WeightSpec scales(List<TensorSpec> inputs) {
        Shape kernel = weights(inputs).get(0).shape();
        int more = outputs(inputs).get(0).shape().rank()
                - side(2).replace("...", "").length();
        String letters = side(2).replace("...", ".".repeat(more));
        return WeightSpec.fixed(
                "kernel_scale",
                Initial.ONES,
                letters.chars()
                        .mapToLong(letter -> side(1).indexOf(letter) < 0 ? 1 : kernel.size(side(1).indexOf(letter)))
                        .toArray());
    }

    @Override
    public Array restored(Array whole, Array scales) {
        String kernel = side(1);
        String kept = side(2).replaceAll("[^" + kernel + "]", "");
        long[] sizes = kept.chars()
                .mapToLong(letter -> whole.size(kernel.indexOf(letter)))
                .toArray();
        int[] order =
                kernel.chars().map(kept::indexOf).filter(place -> place >= 0).toArray();
        long[] open = kernel.chars()
                .mapToLong(letter -> kept.indexOf(letter) < 0 ? 1 : whole.size(kernel.indexOf(letter)))
                .toArray();
        return Arithmetic.divide(
                whole, Arranging.permute(scales.reshape(sizes), order).reshape(open));
    }

    @Override
    public int[] summed(Shape input) {
        String in = side(0);
        String letters = in.replace(
                "...", ".".repeat(input.rank() - in.replace("...", "").length()));
        return IntStream.range(0, letters.length())
                .filter(axis -> letters.charAt(axis) != '.' && side(2).indexOf(letters.charAt(axis)) < 0)
                .toArray();
    }
}
