package org.netsplice.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Images made larger or smaller. What Keras has no layer for becomes products with fixed matrices, one for each direction. */
final class ResizeOperators {
    static final Map<String, Operator> ALL = Map.of(
            "Resize", Operator.one(ResizeOperators::resized), "Upsample", Operator.one(ResizeOperators::resized));

    private ResizeOperators() {}

    private static Value resized(Call call) {
        Value data = call.in(0);
        long[] own = data.shape();
        int rank = own.length;
        boolean old = call.node().operator().equals("Upsample") || call.opset() < 11;
        int[] axes = call.wholes("axes")
                .map(given -> Arrays.stream(given)
                        .mapToInt(axis -> Call.axis(axis, rank))
                        .toArray())
                .orElseGet(() -> Call.from(0, rank));
        Optional<Tensor> sizes = old ? Optional.empty() : call.knownOr(3).filter(given -> given.length() > 0);
        double[] scales = new double[rank];
        Arrays.fill(scales, 1);
        long[] wanted = own.clone();
        if (sizes.isPresent()) {
            if (!call.text("keep_aspect_ratio_policy", "stretch").equals("stretch")) {
                throw new Untranslatable("it keeps the aspect ratio of images");
            }
            for (int i = 0; i < axes.length; i++) {
                wanted[axes[i]] = sizes.get().wholeAt(i);
                scales[axes[i]] = (double) wanted[axes[i]] / own[axes[i]];
            }
        } else {
            double[] given = factors(call, old);
            if (given.length != axes.length) {
                throw new Untranslatable("it has " + given.length + " factors for " + axes.length + " axes");
            }
            for (int i = 0; i < axes.length; i++) {
                scales[axes[i]] = given[i];
                wanted[axes[i]] = given[i] == 1 ? own[axes[i]] : (long) Math.floor(own[axes[i]] * given[i]);
            }
        }
        return repeated(call, data, scales, old).orElseGet(() -> matrices(call, data, wanted, scales, old));
    }

    private static double[] factors(Call call, boolean old) {
        Optional<float[]> fixed = call.reals("scales");
        if (fixed.isPresent()) {
            double[] values = new double[fixed.get().length];
            for (int i = 0; i < values.length; i++) {
                values[i] = fixed.get()[i];
            }
            return values;
        }
        return call.known(old ? 1 : 2).toDoubles();
    }

    /** An upsampling layer, where every cell is repeated; empty where that is not what is asked for. */
    private static Optional<Value> repeated(Call call, Value data, double[] scales, boolean old) {
        int directions = scales.length - 2;
        boolean whole = Arrays.stream(scales).allMatch(scale -> scale == Math.rint(scale) && scale >= 1);
        boolean images = directions >= 2 && directions <= 3 && scales[0] == 1 && scales[1] == 1;
        String mode = call.text("mode", "nearest");
        String place = call.text("coordinate_transformation_mode", old ? "asymmetric" : "half_pixel");
        String round = call.text("nearest_mode", old ? "floor" : "round_prefer_floor");
        boolean nearest = mode.equals("nearest")
                && ((place.equals("asymmetric") && round.equals("floor"))
                        || (place.endsWith("half_pixel") && round.startsWith("round")));
        if (!whole || !images || !nearest || data.dtype() != DType.FLOAT32) {
            return Optional.empty();
        }
        List<Integer> size = IntStream.range(0, directions)
                .mapToObj(i -> (int) scales[i + 2])
                .toList();
        return Optional.of(
                call.layer("UpSampling" + directions + "D", Map.of("size", size, "data_format", Windows.FIRST), data));
    }

    private static Value matrices(Call call, Value data, long[] wanted, double[] scales, boolean old) {
        Value present = data;
        long[] own = data.shape();
        String letters = "abcdefgh".substring(0, own.length);
        for (int axis = 0; axis < own.length; axis++) {
            if (wanted[axis] == own[axis] && scales[axis] == 1) {
                continue;
            }
            ReductionOperators.refuseRows(call, data, axis);
            if (call.to().sizes().unknown(own[axis]) || call.to().sizes().unknown(wanted[axis])) {
                throw new Untranslatable("it changes a size that is not known");
            }
            if (own[axis] * wanted[axis] > 1 << 24) {
                throw new Untranslatable("it makes images of " + wanted[axis] + " cells in one direction");
            }
            Interpolation interpolation = Interpolation.of(call, old, own[axis], wanted[axis], scales[axis]);
            Tensor matrix = Tensor.owning(DType.FLOAT32, Shape.of(own[axis], wanted[axis]), interpolation.matrix());
            String result = letters.replace(letters.charAt(axis), 'z');
            long[] sizes = present.shape();
            sizes[axis] = wanted[axis];
            List<Integer> shape = call.open(Arrays.copyOfRange(sizes, 1, sizes.length)).stream()
                    .map(size -> size < 0 ? null : size)
                    .collect(java.util.stream.Collectors.toCollection(java.util.ArrayList::new));
            present = call.weighted(
                    "EinsumDense",
                    Map.of("equation", letters + "," + letters.charAt(axis) + "z->" + result, "output_shape", shape),
                    List.of(matrix),
                    present);
        }
        return present;
    }
}
