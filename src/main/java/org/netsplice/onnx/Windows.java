package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.graph.DType;

/**
 * The windows of a convolution or a pooling over data (batch, channels, …).
 *
 * @param kernel cells of a window in each direction
 * @param strides steps between windows
 * @param dilations steps between the cells of a window
 * @param begin cells added before the data in each direction
 * @param end cells added after it
 */
record Windows(int[] kernel, int[] strides, int[] dilations, int[] begin, int[] end) {
    /** Data with the channels on axis 1. */
    static final String FIRST = "channels_first";

    /** The windows that a call asks for. */
    static Windows of(Call call, int[] kernel) {
        int directions = kernel.length;
        if (directions < 1 || directions > 3) {
            throw new Untranslatable("it moves windows in " + directions + " directions, and 1 to 3 are supported");
        }
        int[] strides = call.sizes("strides", directions, 1);
        int[] dilations = call.sizes("dilations", directions, 1);
        int[] begin = new int[directions];
        int[] end = new int[directions];
        String auto = call.text("auto_pad", "NOTSET");
        switch (auto) {
            case "NOTSET" -> {
                int[] pads = call.sizes("pads", 2 * directions, 0);
                System.arraycopy(pads, 0, begin, 0, directions);
                System.arraycopy(pads, directions, end, 0, directions);
            }
            case "SAME_UPPER", "SAME_LOWER" -> {
                Windows plain = new Windows(kernel, strides, dilations, begin, end);
                long[] sizes = call.in(0).shape();
                for (int i = 0; i < directions; i++) {
                    long size = sizes[i + 2];
                    if (strides[i] > 1 && call.to().sizes().unknown(size)) {
                        throw new Untranslatable("its padding depends on a size that is not known");
                    }
                    int all = Call.integer(plain.same(size, i));
                    begin[i] = auto.equals("SAME_UPPER") ? all / 2 : all - all / 2;
                    end[i] = all - begin[i];
                }
            }
            case "VALID" -> {}
            default -> throw new Untranslatable("it pads by " + auto + ", which is not supported");
        }
        return new Windows(kernel, strides, dilations, begin, end);
    }

    int directions() {
        return kernel.length;
    }

    /** All cells that Keras' padding "same" adds in a direction. */
    private long same(long size, int i) {
        long outputs = (size + strides[i] - 1) / strides[i];
        return Math.max((outputs - 1) * strides[i] + reach(i) - size, 0);
    }

    /** The cells from the first to the last of a window. */
    long reach(int i) {
        return (kernel[i] - 1L) * dilations[i] + 1;
    }

    /** Whether nothing is added. */
    boolean bare() {
        for (int i = 0; i < directions(); i++) {
            if (begin[i] != 0 || end[i] != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the cells added are those of Keras' padding "same". */
    boolean isSame(Call call) {
        long[] sizes = call.in(0).shape();
        for (int i = 0; i < directions(); i++) {
            long size = sizes[i + 2];
            if (strides[i] > 1 && call.to().sizes().unknown(size)) {
                return false;
            }
            long all = same(size, i);
            if (begin[i] != all / 2 || end[i] != all - all / 2) {
                return false;
            }
        }
        return true;
    }

    /** The data with zeros around it. */
    Value padded(Call call, Value data) {
        List<List<Integer>> pairs = new ArrayList<>();
        for (int i = 0; i < directions(); i++) {
            if (begin[i] < 0 || end[i] < 0) {
                throw new Untranslatable("it cuts cells off by negative padding");
            }
            pairs.add(List.of(begin[i], end[i]));
        }
        return call.layer(
                "ZeroPadding" + directions() + "D",
                Map.of("padding", directions() == 1 ? pairs.get(0) : pairs, "data_format", FIRST),
                data);
    }

    /** The data with a number around it. */
    Value filled(Call call, Value data, double number, int... more) {
        List<List<Integer>> pairs = new ArrayList<>(List.of(List.of(0, 0), List.of(0, 0)));
        for (int i = 0; i < directions(); i++) {
            if (begin[i] < 0 || end[i] < 0) {
                throw new Untranslatable("it cuts cells off by negative padding");
            }
            pairs.add(List.of(begin[i], end[i] + more[i]));
        }
        return call.operation("Pad", Map.of("pad_width", pairs), data, Call.number(number, DType.FLOAT32));
    }

    /** The settings that convolutions and poolings share. */
    Map<String, Object> config(String sizeName, boolean same) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put(sizeName, Call.list(kernel));
        config.put("strides", Call.list(strides));
        config.put("padding", same ? "same" : "valid");
        config.put("data_format", FIRST);
        return config;
    }

    /** How many more cells the end needs so that the last window, which may begin within the data or its padding, is whole. */
    int[] ceiling(long... sizes) {
        int[] more = new int[directions()];
        for (int i = 0; i < more.length; i++) {
            long padded = sizes[i + 2] + begin[i] + end[i];
            long steps = Math.floorDiv(padded - reach(i) + strides[i] - 1, strides[i]);
            if (steps * strides[i] >= sizes[i + 2] + begin[i]) {
                steps--;
            }
            more[i] = (int) Math.max(0, steps * strides[i] + reach(i) - padded);
        }
        return more;
    }
}
