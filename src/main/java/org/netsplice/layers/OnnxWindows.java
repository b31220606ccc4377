package org.netsplice.layers;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.Shape;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Window;

/** Kernels that move over images, as nodes of ONNX. Images are seen as (batch, …, channels). */
final class OnnxWindows {
    private OnnxWindows() {}

    /** The attributes of a window; {@code auto_pad} only where a size that the border depends on is not known. */
    private static Map<String, Object> attributes(Window window, Shape image) {
        int n = window.directions();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("kernel_shape", window.kernel());
        all.put("strides", window.strides());
        if (IntStream.of(window.dilation()).anyMatch(spacing -> spacing > 1)) {
            all.put("dilations", window.dilation());
        }
        long[] pads = new long[2 * n];
        for (int i = 0; i < n; i++) {
            long reach = (window.kernel()[i] - 1L) * window.dilation()[i] + 1;
            long stride = window.strides()[i];
            long size = image.size(i + 1);
            switch (window.border()) {
                case CAUSAL -> pads[i] = reach - 1;
                case SAME -> {
                    if (size == Shape.UNKNOWN && stride > 1) {
                        all.put("auto_pad", "SAME_UPPER");
                        return all;
                    }
                    long cells = stride == 1 ? 1 : window.output(size, i);
                    long added = Math.max(0, (cells - 1) * stride + reach - (stride == 1 ? 1 : size));
                    pads[i] = added / 2;
                    pads[n + i] = added - added / 2;
                }
                case VALID -> {}
            }
        }
        all.put("pads", pads);
        return all;
    }

    /** Convolves an image; the kernel is (height, …, channels / groups, filters) as Keras has it. */
    static OnnxValue convolve(
            OnnxBuilder onnx, OnnxValue image, OnnxValue kernel, Optional<OnnxValue> bias, Window window, int groups) {
        int n = window.directions();
        int[] axes = new int[n + 2];
        axes[0] = n + 1;
        axes[1] = n;
        for (int i = 0; i < n; i++) {
            axes[i + 2] = i;
        }
        return convolved(onnx, image, onnx.transpose(kernel, axes), bias, window, groups);
    }

    /** Convolves each channel by itself; the kernel is (height, …, channels, multiplier). */
    static OnnxValue convolveDepthwise(
            OnnxBuilder onnx, OnnxValue image, OnnxValue kernel, Optional<OnnxValue> bias, Window window) {
        int n = window.directions();
        int[] axes = new int[n + 2];
        axes[0] = n;
        axes[1] = n + 1;
        for (int i = 0; i < n; i++) {
            axes[i + 2] = i;
        }
        long[] sizes = new long[n + 2];
        sizes[0] = kernel.size(n) * kernel.size(n + 1);
        sizes[1] = 1;
        for (int i = 0; i < n; i++) {
            sizes[i + 2] = kernel.size(i);
        }
        OnnxValue first = onnx.reshape(onnx.transpose(kernel, axes), sizes);
        return convolved(onnx, image, first, bias, window, (int) kernel.size(n));
    }

    private static OnnxValue convolved(
            OnnxBuilder onnx, OnnxValue image, OnnxValue kernel, Optional<OnnxValue> bias, Window window, int groups) {
        Shape result = Shapes.moved(image.shape(), window).with(-1, kernel.size(0));
        Map<String, Object> attributes = new HashMap<>(attributes(window, image.shape()));
        attributes.put("group", groups);
        OnnxValue x = onnx.channelsFirst(onnx.real(image));
        OnnxValue[] operands = bias.map(b -> new OnnxValue[] {x, kernel, b}).orElse(new OnnxValue[] {x, kernel});
        return onnx.channelsLast(onnx.node("Conv", attributes, x.type(), Shapes.channelsFirst(result), operands));
    }

    /**
     * Enlarges an image.
     *
     * @param kernel (height, …, filters, channels) as Keras has it
     * @param one how many cells a single one becomes in each direction; each further one adds the stride
     */
    static OnnxValue convolveTransposed(
            OnnxBuilder onnx,
            OnnxValue image,
            OnnxValue kernel,
            Optional<OnnxValue> bias,
            Window window,
            List<Long> one) {
        int n = window.directions();
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("kernel_shape", window.kernel());
        attributes.put("strides", window.strides());
        attributes.put("dilations", window.dilation());
        Shape result = image.shape().with(-1, kernel.size(n));
        long[] pads = new long[2 * n];
        long[] more = new long[n];
        int[] axes = new int[n + 2];
        axes[0] = n + 1;
        axes[1] = n;
        for (int i = 0; i < n; i++) {
            long reach = (window.kernel()[i] - 1L) * window.dilation()[i] + 1;
            long cut = reach - one.get(i);
            pads[i] = Math.max(0, cut) / 2;
            pads[n + i] = Math.max(0, cut) - pads[i];
            more[i] = Math.max(0, -cut);
            axes[i + 2] = i;
            long stride = window.strides()[i];
            long size = image.size(i + 1);
            result = result.with(i + 1, size == Shape.UNKNOWN ? size : (size - 1) * stride + one.get(i));
        }
        attributes.put("pads", pads);
        attributes.put("output_padding", more);
        OnnxValue x = onnx.channelsFirst(onnx.real(image));
        OnnxValue turned = onnx.transpose(kernel, axes);
        OnnxValue[] operands = bias.map(b -> new OnnxValue[] {x, turned, b}).orElse(new OnnxValue[] {x, turned});
        return onnx.channelsLast(
                onnx.node("ConvTranspose", attributes, x.type(), Shapes.channelsFirst(result), operands));
    }

    /** The maximum or mean of each window; cells that the border adds do not count. */
    static OnnxValue pool(OnnxBuilder onnx, OnnxValue image, Window window, boolean maximum) {
        Map<String, Object> attributes = new HashMap<>(attributes(window, image.shape()));
        attributes.remove("dilations");
        OnnxValue x = onnx.channelsFirst(onnx.real(image));
        Shape result = Shapes.channelsFirst(Shapes.moved(image.shape(), window));
        return onnx.channelsLast(onnx.node(maximum ? "MaxPool" : "AveragePool", attributes, x.type(), result, x));
    }
}
