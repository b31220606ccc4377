package org.netsplice.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.DataFormat;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Parameters;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.operation.Operands;
import org.netsplice.layers.operation.Operation;
import org.netsplice.layers.operation.ProductOperations;
import org.netsplice.layers.operation.ReductionOperations;
import org.netsplice.ops.Activations;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;
import org.netsplice.ops.Curve;
import org.netsplice.ops.Linear;
import org.netsplice.ops.Normalizing;
import org.netsplice.ops.Selecting;

/** Operations that compute what layers do, with kernels and other weights as arguments of the call. */
public final class NeuralOperations {
    private static final String KERNEL = "[[[1], [2]], [[3], [4]]]";

    static final List<Operation.Definition> ALL = List.of(
            convolution(
                    "Conv",
                    Parameter.values("inputs", "kernel"),
                    "call={\"inputs\": {\"input\": 0}, \"kernel\": " + KERNEL + "}",
                    (with, shapes) -> conv(with, shapes.get(0), shapes.get(1))),
            convolution(
                    "DepthwiseConv",
                    Parameter.values("inputs", "kernel"),
                    "call={\"inputs\": {\"input\": 0}, \"kernel\": " + KERNEL + "}",
                    (with, shapes) -> depthwise(with, shapes.get(0), shapes.get(1))),
            convolution(
                    "SeparableConv",
                    Parameter.values("inputs", "depthwise_kernel", "pointwise_kernel"),
                    "call={\"inputs\": {\"input\": 0}, \"depthwise_kernel\": " + KERNEL
                            + ", \"pointwise_kernel\": [[[1], [2]]]}",
                    (with, shapes) -> separable(with, shapes.get(0), shapes.get(1), shapes.get(2))),
            pool("MaxPool", "pool_size=2", NeuralOperations::pooling),
            pool("AveragePool", "pool_size=2", NeuralOperations::pooling),
            pool("AdaptiveMaxPool", "output_size=2", NeuralOperations::adaptive),
            pool("AdaptiveAveragePool", "output_size=2", NeuralOperations::adaptive),
            batchNorm(),
            layerNorm(),
            rmsNorm(),
            attention());

    private NeuralOperations() {}

    private static Padding padding(Parameters with) {
        String name = with.text("padding", "valid");
        return switch (name) {
            case "valid" -> Padding.VALID;
            case "same" -> Padding.SAME;
            default -> throw new Layer.Misfit("knows no padding " + name, "");
        };
    }

    private static List<Integer> kernel(Shape kernel) {
        return IntStream.range(0, kernel.rank() - 2)
                .mapToObj(axis -> Math.toIntExact(Shapes.known(kernel, axis)))
                .toList();
    }

    private static int directions(Shape kernel) {
        if (kernel.rank() < 3 || kernel.rank() > 5) {
            throw new Layer.Misfit("moves kernels along one, two or three axes, received a kernel " + kernel, "");
        }
        return kernel.rank() - 2;
    }

    private static long[] ones(int count) {
        long[] ones = new long[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** The number of groups: the channels of the input divided by those of the kernel. */
    private static int channels(Parameters with, Shape x, Shape kernel, int most) {
        long in = Shapes.known(kernel, kernel.rank() - 2);
        long all = Shapes.known(x, DataFormat.of(with) == DataFormat.CHANNELS_LAST ? x.rank() - 1 : 1);
        if (in == 0 || all == 0 || all % in != 0 || all / in > most) {
            throw new Layer.Misfit("moves a kernel " + kernel + " over " + x, "");
        }
        return Math.toIntExact(all / in);
    }

    private static ComputedLayer conv(Parameters with, Shape x, Shape kernel) {
        int directions = directions(kernel);
        int groups = channels(with, x, kernel, Integer.MAX_VALUE);
        return new Convolution(
                directions,
                Math.toIntExact(kernel.last()),
                kernel(kernel),
                with.sizes("strides", directions, 1),
                SequencePadding.valueOf(padding(with).name()),
                DataFormat.of(with),
                with.sizes("dilation_rate", directions, 1),
                groups,
                Activation.LINEAR,
                false);
    }

    private static ComputedLayer depthwise(Parameters with, Shape x, Shape kernel) {
        int directions = directions(kernel);
        channels(with, x, kernel, 1);
        return new DepthwiseConvolution(
                directions,
                kernel(kernel),
                with.sizes("strides", directions, 1),
                padding(with),
                Math.toIntExact(kernel.last()),
                DataFormat.of(with),
                with.sizes("dilation_rate", directions, 1),
                Activation.LINEAR,
                false);
    }

    private static ComputedLayer separable(Parameters with, Shape x, Shape depthwise, Shape pointwise) {
        int directions = directions(depthwise);
        channels(with, x, depthwise, 1);
        if (!pointwise.accepts(Shape.of(ones(directions))
                .plus(depthwise.size(-2) * depthwise.last())
                .plus(pointwise.last()))) {
            throw new Layer.Misfit("mixes the channels of " + depthwise + " with a kernel " + pointwise, "");
        }
        return new SeparableConvolution(
                directions,
                Math.toIntExact(pointwise.last()),
                kernel(depthwise),
                with.sizes("strides", directions, 1),
                SequencePadding.valueOf(padding(with).name()),
                DataFormat.of(with),
                with.sizes("dilation_rate", directions, 1),
                Math.toIntExact(depthwise.last()),
                Activation.LINEAR,
                false);
    }

    /** A layer for the shapes of the input and of the kernels. */
    private interface Convolving {
        ComputedLayer of(Parameters with, List<Shape> shapes);
    }

    private static Operation.Definition convolution(
            String name, List<Parameter> takes, String example, Convolving layer) {
        int[] all = IntStream.range(0, takes.size()).toArray();
        return new Operation.Definition(
                        name,
                        "What the layer of this name does, with kernels that are tensors of the graph or constants.",
                        takes,
                        new Kind.Example(example, "(None, 6, 2)"),
                        given -> {
                            List<Shape> shapes = Arrays.stream(all)
                                    .mapToObj(i -> given.at(i).shape())
                                    .toList();
                            if (shapes.get(1).rank() != shapes.get(0).rank()) {
                                throw new Layer.Misfit(
                                        "moves a kernel " + shapes.get(1) + " over " + shapes.get(0), "");
                            }
                            return layer.of(given.with(), shapes).outputs(List.of(given.first()));
                        },
                        given -> {
                            List<Array> arrays =
                                    Arrays.stream(all).mapToObj(given::at).toList();
                            List<Shape> shapes = arrays.stream()
                                    .map(x -> Shape.of(x.sizes()))
                                    .toList();
                            return layer.of(given.with(), shapes)
                                    .forward(List.of(arrays.get(0)), arrays.subList(1, arrays.size()));
                        })
                .costs((given, result) -> layer.of(
                                given.with(),
                                Arrays.stream(all)
                                        .mapToObj(i -> given.at(i).shape())
                                        .toList())
                        .flops(List.of(given.first()), List.of(result)));
    }

    private static ComputedLayer pooling(String name, Parameters with, int directions) {
        return new Pooling(
                name.startsWith("Max"),
                directions,
                with.sizes("pool_size", directions, 2),
                with.integers("strides").map(given -> with.sizes("strides", directions, 1)),
                padding(with),
                DataFormat.of(with));
    }

    private static ComputedLayer adaptive(String name, Parameters with, int directions) {
        return new AdaptivePooling(
                name.endsWith("MaxPool"), directions, with.sizes("output_size", directions, 1), DataFormat.of(with));
    }

    private interface Pool {
        ComputedLayer of(String name, Parameters with, int directions);
    }

    private static int pooled(Shape shape) {
        if (shape.rank() < 3 || shape.rank() > 5) {
            throw new Layer.Misfit("pools along one, two or three axes, received " + shape, "");
        }
        return shape.rank() - 2;
    }

    private static Operation.Definition pool(String name, String settings, Pool pool) {
        return new Operation.Definition(
                name,
                "What the layer of this name does.",
                Parameter.values("inputs"),
                new Kind.Example(settings, "(None, 6, 2)"),
                given -> pool.of(name, given.with(), pooled(given.first().shape()))
                        .outputs(List.of(given.first())),
                given -> pool.of(name, given.with(), given.first().rank() - 2)
                        .forward(List.of(given.first()), List.of()));
    }

    /** Reshapes a vector along axes so that it broadcasts over the others. */
    private static Array along(Array vector, Array x, int... axes) {
        if (vector.rank() == x.rank()) {
            return vector;
        }
        long[] sizes = new long[x.rank()];
        Arrays.fill(sizes, 1);
        for (int axis : axes) {
            sizes[axis] = x.size(axis);
        }
        return vector.reshape(sizes);
    }

    private static Operation.Definition batchNorm() {
        return new Operation.Definition(
                "BatchNorm",
                "Numbers less a mean, divided by the root of a variance.",
                Parameter.values("x", "mean", "variance", "offset", "scale"),
                new Kind.Example(
                        "axis=-1, call={\"x\": {\"input\": 0}, \"mean\": [1, 2], \"variance\": [1, 4]}", "(None, 2)"),
                given -> {
                    Shape shape = given.first().shape();
                    int axis = ReductionOperations.counted(given.with().integer("axis", -1), shape.rank());
                    IntStream.rangeClosed(1, 4)
                            .forEach(i -> given.maybe(i).ifPresent(one -> alongAxis(one.shape(), shape, axis)));
                    return List.of(given.first());
                },
                given -> {
                    Array x = given.first();
                    int axis = ReductionOperations.counted(given.with().integer("axis", -1), x.rank());
                    double epsilon = given.with().number("epsilon", 1e-3);
                    Array factor = along(given.at(2), x, axis)
                            .map(new Curve(
                                    v -> 1 / Math.sqrt(v + epsilon),
                                    v -> -0.5 / ((v + epsilon) * Math.sqrt(v + epsilon))));
                    Array result = Arithmetic.multiply(Arithmetic.subtract(x, along(given.second(), x, axis)), factor);
                    return List.of(scaled(result, x, given.maybe(4), given.maybe(3), axis));
                });
    }

    private static void alongAxis(Shape vector, Shape x, int axis) {
        if (vector.rank() != x.rank() && !vector.accepts(Shape.of(x.size(axis)))) {
            throw new Layer.Misfit("needs numbers for each of " + x.size(axis) + " channels, received " + vector, "");
        }
    }

    private static Array scaled(Array x, Array like, Optional<Array> scale, Optional<Array> offset, int... axes) {
        Array scaled =
                scale.map(by -> Arithmetic.multiply(x, along(by, like, axes))).orElse(x);
        return offset.map(by -> Arithmetic.add(scaled, along(by, like, axes))).orElse(scaled);
    }

    private static int[] axes(Parameters with, int rank) {
        return with.integers("axis").orElse(List.of(-1)).stream()
                .mapToInt(axis -> ReductionOperations.counted(axis, rank))
                .sorted()
                .toArray();
    }

    private static Operation.Definition layerNorm() {
        return new Operation.Definition(
                "LayerNorm",
                "Numbers less their mean along axes, divided by their deviation.",
                Parameter.values("x", "gamma", "beta"),
                new Kind.Example("axis=-1", "(None, 3)"),
                given -> {
                    axes(given.with(), given.first().shape().rank());
                    return List.of(given.first());
                },
                given -> {
                    Array x = given.first();
                    int[] axes = axes(given.with(), x.rank());
                    double epsilon = given.with().number("epsilon", ProductOperations.EPSILON);
                    boolean rms = given.with().flag("rms_scaling", false);
                    Array result = rms
                            ? Normalizing.byVariance(x, epsilon, axes)
                            : Normalizing.byMoments(x, epsilon, Optional.empty(), Optional.empty(), axes);
                    return List.of(scaled(result, x, given.maybe(1), rms ? Optional.empty() : given.maybe(2), axes));
                });
    }

    private static Operation.Definition rmsNorm() {
        return new Operation.Definition(
                "RMSNorm",
                "Numbers divided by the root of the mean of their squares along axes.",
                Parameter.values("x", "scale"),
                new Kind.Example("axis=-1", "(None, 3)"),
                given -> {
                    axes(given.with(), given.first().shape().rank());
                    return List.of(given.first());
                },
                given -> {
                    Array x = given.first();
                    int[] axes = axes(given.with(), x.rank());
                    double epsilon = given.with().number("epsilon", ProductOperations.EPSILON);
                    Array factor = Normalizing.byRootMeanSquare(x, epsilon, axes);
                    return List.of(Arithmetic.multiply(factor, given.maybe(1).orElse(Array.of(new float[] {1}, 1))));
                });
    }

    private static Operation.Definition attention() {
        return new Operation.Definition(
                        "DotProductAttention",
                        "Values (batch, steps, heads, size) averaged by how well their keys match queries.",
                        List.of(
                                Parameter.value("query"),
                                Parameter.value("key"),
                                Parameter.value("value"),
                                Parameter.value("bias"),
                                Parameter.keyword("mask"),
                                Parameter.value("scale")),
                        new Kind.Example("", "(None, 4, 2, 3)", "(None, 5, 2, 3)", "(None, 5, 2, 3)"),
                        given -> {
                            Shape query = given.first().shape();
                            Shape key = given.second().shape();
                            if (query.rank() != 4
                                    || key.rank() != 4
                                    || key.size(2) < 1
                                    || query.size(2) % key.size(2) != 0
                                    || !Shape.of(query.last()).accepts(Shape.of(key.last()))
                                    || !key.with(3, Shape.UNKNOWN)
                                            .accepts(given.at(2).shape())) {
                                throw new Layer.Misfit(
                                        "needs query, key and value (batch, steps, heads, size), a whole number of query heads for each key head, received "
                                                + query + " and " + key,
                                        "");
                            }
                            if (given.with()
                                    .values()
                                    .find("attn_logits_soft_cap")
                                    .isPresent()) {
                                throw new Layer.Misfit("has attn_logits_soft_cap, which is not supported", "");
                            }
                            return Shapes.floats(
                                    query.with(3, given.at(2).shape().last()));
                        },
                        given -> List.of(attend(given)))
                .costs((given, result) -> {
                    Shape query = given.first().shape();
                    long scores = query.with(3, given.second().shape().size(1)).elementsPerRow();
                    long values = given.at(2).shape().last();
                    return Layer.product(2, scores, query.last() + values);
                });
    }

    private static Array attend(Operands<Array> given) {
        Array query = Arranging.permute(given.first(), 0, 2, 1, 3);
        int groups = Math.toIntExact(query.size(1) / given.second().size(2));
        Array key = Arranging.permute(Arranging.repeat(given.second(), 2, groups), 0, 2, 3, 1);
        Array value = Arranging.permute(Arranging.repeat(given.at(2), 2, groups), 0, 2, 1, 3);
        double scale =
                given.maybe(5).map(one -> (double) one.values()[0]).orElse(1 / Math.sqrt((double) query.size(3)));
        Array unbiased = Arithmetic.scale(Linear.matmul(query, key), scale, 0);
        Array scores =
                given.maybe(3).map(bias -> Arithmetic.add(unbiased, bias)).orElse(unbiased);
        Array blocked = Array.of(new float[] {-0.7f * Float.MAX_VALUE}, 1);
        Array masked = given.maybe(4)
                .map(mask -> Selecting.where(mask, scores, blocked))
                .orElse(scores);
        if (given.with().flag("is_causal", false)) {
            masked = Selecting.where(causal(scores.size(2), scores.size(3)), masked, blocked);
        }
        Array shares = Activations.softmax(masked, 3);
        return Arranging.permute(Linear.matmul(shares, value), 0, 2, 1, 3);
    }

    private static Array causal(long targets, long sources) {
        return Arranging.picked(Array.of(new float[] {1}, 1), cell -> cell[1] <= cell[0] ? 0 : -1, targets, sources);
    }
}
