package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Convolutions, with the channels on axis 1. */
final class ConvolutionOperators {
    private static final String FILTERS = "filters";

    static final Map<String, Operator> ALL = Map.of(
            "Conv",
            Operator.one(ConvolutionOperators::convolution),
            "ConvTranspose",
            Operator.one(ConvolutionOperators::transposed));

    private ConvolutionOperators() {}

    private static int[] kernel(Call call, Tensor kernel) {
        long[] sizes = kernel.shape().sizes();
        if (sizes.length < 3 || sizes.length != call.in(0).rank()) {
            throw new Untranslatable("its kernel has " + sizes.length + " axes");
        }
        int[] own =
                Arrays.stream(sizes, 2, sizes.length).mapToInt(Call::integer).toArray();
        if (!Arrays.equals(call.sizes("kernel_shape", own.length, 0), own) && call.has("kernel_shape")) {
            throw new Untranslatable("its kernel has other sizes than its settings say");
        }
        return own;
    }

    private static Value convolution(Call call) {
        Tensor kernel = call.known(1);
        Windows windows = Windows.of(call, kernel(call, kernel));
        Optional<Tensor> bias = call.knownOr(2);
        boolean same = !windows.bare() && windows.isSame(call);
        Value data = windows.bare() || same ? call.in(0) : windows.padded(call, call.in(0));
        Map<String, Object> config = windows.config("kernel_size", same);
        config.put("dilation_rate", Call.list(windows.dilations()));
        config.put("use_bias", bias.isPresent());
        int groups = call.integer("group", 1);
        long filters = kernel.shape().size(0);
        long channels = call.in(0).shape()[1];
        boolean depthwise = groups > 1
                && groups == channels
                && kernel.shape().size(1) == 1
                && windows.directions() < 3
                && filters % groups == 0;
        List<Tensor> weights = new ArrayList<>();
        String kind;
        if (depthwise) {
            kind = "DepthwiseConv" + windows.directions() + "D";
            config.put("depth_multiplier", Call.integer(filters / groups));
            long[] split = kernel.shape().sizes().clone();
            split[0] = channels;
            split[1] = filters / groups;
            weights.add(Tensors.kernelLast(kernel.reshaped(Shape.of(split)), 0, 1));
        } else {
            kind = "Conv" + windows.directions() + "D";
            config.put(FILTERS, Call.integer(filters));
            config.put("groups", groups);
            weights.add(Tensors.kernelLast(kernel, 1, 0));
        }
        bias.ifPresent(weights::add);
        return call.weighted(kind, config, weights, data);
    }

    private static Value transposed(Call call) {
        Tensor kernel = call.known(1);
        int[] own = kernel(call, kernel);
        int directions = own.length;
        int[] strides = call.sizes("strides", directions, 1);
        int[] dilations = call.sizes("dilations", directions, 1);
        int[] more = call.sizes("output_padding", directions, 0);
        int[][] cut = cut(call, new Windows(own, strides, dilations, new int[directions], new int[directions]), more);
        Map<String, Object> config = new LinkedHashMap<>();
        config.put(FILTERS, Call.integer(kernel.shape().size(1)));
        config.put("kernel_size", Call.list(own));
        config.put("strides", Call.list(strides));
        config.put("padding", "valid");
        config.put("output_padding", Call.list(more));
        config.put("data_format", Windows.FIRST);
        config.put("dilation_rate", Call.list(dilations));
        return cropped(call, inGroups(call, config, kernel), cut);
    }

    /** One layer for each group of channels, side by side. */
    private static Value inGroups(Call call, Map<String, Object> config, Tensor kernel) {
        int groups = call.integer("group", 1);
        long channels = kernel.shape().size(0);
        long filters = kernel.shape().size(1);
        if (groups < 1 || channels % groups != 0) {
            throw new Untranslatable("it has " + channels + " channels in " + groups + " groups");
        }
        Optional<Tensor> bias = call.knownOr(2);
        config.put("use_bias", bias.isPresent());
        String kind = "Conv" + (kernel.shape().rank() - 2) + "DTranspose";
        List<Value> parts = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            long from = group * channels / groups;
            long to = from + channels / groups;
            List<Tensor> weights = new ArrayList<>(List.of(Tensors.kernelLast(kernel.rows(from, to), 1, 0)));
            long first = group * filters;
            bias.ifPresent(all -> weights.add(all.rows(first, first + filters)));
            Value data = groups == 1 ? call.in(0) : Slicing.range(call, call.in(0), 1, from, to);
            parts.add(call.weighted(kind, config, weights, data));
        }
        return groups == 1 ? parts.get(0) : call.layer("Concatenate", Map.of("axis", 1), parts.toArray(Value[]::new));
    }

    /** The cells that are cut off the whole result, before and after it in each direction; {@code more} grows where cells are missing. */
    private static int[][] cut(Call call, Windows windows, int[] more) {
        int directions = windows.directions();
        int[] begin = new int[directions];
        int[] end = new int[directions];
        String auto = call.text("auto_pad", "NOTSET");
        Optional<long[]> wanted = call.wholes("output_shape");
        long[] sizes = call.in(0).shape();
        for (int i = 0; i < directions; i++) {
            long all;
            if (wanted.isPresent()) {
                long size = wanted.get()[wanted.get().length - directions + i];
                all = windows.strides()[i] * (sizes[i + 2] - 1) + more[i] + windows.reach(i) - size;
            } else if (auto.startsWith("SAME")) {
                all = windows.reach(i) + more[i] - windows.strides()[i];
            } else {
                int[] pads = call.sizes("pads", 2 * directions, 0);
                begin[i] = pads[i];
                end[i] = pads[directions + i];
                continue;
            }
            begin[i] = Call.integer(auto.equals("SAME_UPPER") ? all / 2 : all - all / 2);
            end[i] = Call.integer(all - begin[i]);
        }
        for (int i = 0; i < directions; i++) {
            if (end[i] < 0) {
                more[i] -= end[i];
                end[i] = 0;
            }
            if (begin[i] < 0) {
                throw new Untranslatable("it adds cells before the result of a transposed convolution");
            }
        }
        return new int[][] {begin, end};
    }

    private static Value cropped(Call call, Value whole, int[][] cut) {
        int directions = cut[0].length;
        List<List<Integer>> pairs = new ArrayList<>();
        boolean any = false;
        for (int i = 0; i < directions; i++) {
            pairs.add(List.of(cut[0][i], cut[1][i]));
            any |= cut[0][i] != 0 || cut[1][i] != 0;
        }
        if (!any) {
            return whole;
        }
        if (directions == 1) {
            return Slicing.range(call, whole, 2, cut[0][0], -cut[1][0]);
        }
        return call.layer(
                "Cropping" + directions + "D", Map.of("cropping", pairs, "data_format", Windows.FIRST), whole);
    }
}
