package org.netsplice.dl4j.zip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.netsplice.config.Json;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.CommonKinds;

/**
 * Convolutions. The bias stands first, then the kernel row by row, which is turned into Keras' order. What the modes Truncate and Strict pad
 * becomes a layer of its own.
 */
final class ConvolutionRules {
    private static final String FORMAT = "data_format";

    private ConvolutionRules() {}

    static void addTo(Map<String, Rule> rules) {
        for (String name : List.of("layers.ConvolutionLayer", "layers.Convolution2D")) {
            rules.put(name, rule(2, Kernel.PLAIN, site -> convolution(site, 2)));
        }
        for (String name : List.of("layers.Convolution1DLayer", "layers.Convolution1D")) {
            rules.put(name, rule(1, Kernel.PLAIN, site -> convolution(site, 1)));
        }
        rules.put("layers.Convolution3D", rule(3, Kernel.PLAIN, site -> convolution(site, 3)));
        rules.put("layers.Deconvolution2D", rule(2, Kernel.PLAIN, site -> deconvolution(site, 2)));
        rules.put("layers.Deconvolution3D", rule(3, Kernel.PLAIN, site -> deconvolution(site, 3)));
        rules.put("layers.DepthwiseConvolution2D", rule(2, Kernel.DEPTHWISE, ConvolutionRules::depthwise));
        rules.put("layers.SeparableConvolution2D", rule(2, Kernel.SEPARABLE, ConvolutionRules::separable));
    }

    /** The kernels a convolution may have. */
    private enum Kernel {
        PLAIN,
        DEPTHWISE,
        SEPARABLE
    }

    private static Rule rule(int directions, Kernel kernel, java.util.function.Function<Site, Value> draw) {
        return new Rule(settings -> count(settings, directions, kernel), settings -> wants(settings, directions), draw);
    }

    private static Layout layout(Json settings, int directions) {
        return switch (directions) {
            case 1 -> Layout.named(Site.text(settings, "rnnDataFormat", "NCW"));
            case 2 -> Layout.named(Site.text(settings, "cnn2dDataFormat", "NCHW"));
            default -> Layout.named(Site.text(settings, "dataFormat", "NCDHW"));
        };
    }

    private static Wanted wants(Json settings, int directions) {
        return Wanted.of(layout(settings, directions), Site.size(settings, "nin"));
    }

    private static Site bare(Json settings) {
        return new Site(null, "", settings, List.of(), null, true);
    }

    private static long count(Json settings, int directions, Kernel kernel) {
        long in = Site.size(settings, "nin");
        long out = Site.size(settings, "nout");
        long cells = Site.product(bare(settings).sizes("kernelSize", directions, 1, 1));
        long bias = Site.flag(settings, "hasBias", true) ? out : 0;
        long multiplier = kernel == Kernel.PLAIN ? 1 : multiplier(settings);
        return bias
                + switch (kernel) {
                    case PLAIN -> saturated(in, out, cells);
                    case DEPTHWISE -> saturated(in, multiplier, cells);
                    case SEPARABLE -> saturated(in, multiplier, cells) + saturated(in, multiplier, out);
                };
    }

    private static long saturated(long... factors) {
        return Math.min(org.netsplice.graph.Shape.of(factors).elements(), 1L << 48);
    }

    private static long multiplier(Json settings) {
        return settings.find("depthMultiplier")
                .map(json -> json.integer(1, 1 << 24))
                .orElse(1L);
    }

    private static List<Tensor> bias(Site site) {
        return site.flag("hasBias", true) ? List.of(site.numbers().rows(site.size("nout"))) : List.of();
    }

    private static List<Tensor> with(List<Tensor> bias, Tensor... kernels) {
        List<Tensor> weights = new ArrayList<>(List.of(kernels));
        weights.addAll(bias);
        return weights;
    }

    private static long[] sizes(List<Integer> cells, long before, long after) {
        long[] sizes = new long[cells.size() + 2];
        sizes[0] = before;
        sizes[1] = after;
        for (int i = 0; i < cells.size(); i++) {
            sizes[i + 2] = cells.get(i);
        }
        return sizes;
    }

    /** The order of axes that moves the first two behind the others. */
    private static int[] firstTwoLast(int directions, boolean swapped) {
        int[] order = IntStream.range(2, directions + 4).toArray();
        order[directions] = swapped ? 1 : 0;
        order[directions + 1] = swapped ? 0 : 1;
        return order;
    }

    /** Checks what is read, and pads it as Truncate and Strict do. */
    private static Value padded(Site site, int directions, boolean pad) {
        Value value = site.reading(
                site.value().layout().rank() == directions + 2 && site.value().layout() != Layout.FOLDED,
                directions == 1 ? "sequence" : directions == 2 ? "image" : "volume");
        List<Integer> padding = site.sizes("padding", directions, 0, 0);
        if (!pad
                || Padding.same(site)
                || Padding.causal(site)
                || padding.stream().allMatch(size -> size == 0)) {
            return value;
        }
        return Padding.zeros(site, "padding", value, directions, padding);
    }

    private static Map<String, Object> common(Site site, int directions, Value value, Functions activation) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("kernel_size", site.sizes("kernelSize", directions, 1, 1));
        settings.put("strides", site.sizes("stride", directions, 1, 1));
        settings.put("padding", Padding.same(site) ? "same" : Padding.causal(site) ? "causal" : "valid");
        settings.put(FORMAT, value.layout().format());
        settings.put("dilation_rate", site.sizes("dilation", directions, 1, 1));
        settings.put("use_bias", site.flag("hasBias", true));
        settings.put("activation", activation.insideAlone());
        return settings;
    }

    private static Value convolution(Site site, int directions) {
        Functions activation = Functions.of(site.settings());
        Value value = padded(site, directions, true);
        Map<String, Object> settings = common(site, directions, value, activation);
        settings.put("filters", site.size("nout"));
        List<Tensor> bias = bias(site);
        Tensor kernel = kernel(site, directions);
        Value result = site.reading(value)
                .main(CommonKinds.convolution(directions), settings, value.layout(), with(bias, kernel));
        return activation.behindAlone(site, result);
    }

    /** The kernel in Keras' order, which is also how DL4J uses the numbers of sequences since it knows two layouts of them. */
    private static Tensor kernel(Site site, int directions) {
        List<Integer> cells = site.sizes("kernelSize", directions, 1, 1);
        boolean turned = directions == 1
                && Site.text(site.settings(), "rnnDataFormat", "").equals("NCW");
        return turned
                ? site.numbers().rows(cells.get(0), site.size("nin"), site.size("nout"))
                : Parameters.moved(
                        site.numbers().rows(sizes(cells, site.size("nout"), site.size("nin"))),
                        firstTwoLast(directions, true));
    }

    private static Value deconvolution(Site site, int directions) {
        Functions activation = Functions.of(site.settings());
        Value value = padded(site, directions, false);
        Map<String, Object> settings = common(site, directions, value, activation);
        settings.put("filters", site.size("nout"));
        List<Tensor> bias = bias(site);
        Tensor kernel = transposed(site, directions);
        Value result = site.reading(value)
                .main(CommonKinds.convolutionTranspose(directions), settings, value.layout(), with(bias, kernel));
        List<Integer> padding = site.sizes("padding", directions, 0, 0);
        if (!Padding.same(site) && padding.stream().anyMatch(size -> size > 0)) {
            result = site.beside(
                    "cropping",
                    CommonKinds.cropping(directions),
                    Map.of(
                            "cropping",
                            Padding.pairs(padding),
                            FORMAT,
                            value.layout().format()),
                    value.layout(),
                    result);
        }
        return activation.behindAlone(site, result);
    }

    /** The kernel of a deconvolution in Keras' order: cells, then outputs, then inputs, which is how DL4J stores three directions. */
    private static Tensor transposed(Site site, int directions) {
        List<Integer> cells = site.sizes("kernelSize", directions, 1, 1);
        long in = site.size("nin");
        long out = site.size("nout");
        if (directions == 3) {
            return site.numbers().rows(cells.get(0), cells.get(1), cells.get(2), out, in);
        }
        return Parameters.moved(site.numbers().rows(sizes(cells, in, out)), firstTwoLast(directions, true));
    }

    private static Value depthwise(Site site) {
        Functions activation = Functions.of(site.settings());
        Value value = padded(site, 2, true);
        Map<String, Object> settings = common(site, 2, value, activation);
        settings.put("depth_multiplier", multiplier(site.settings()));
        List<Tensor> bias = bias(site);
        List<Integer> cells = site.sizes("kernelSize", 2, 1, 1);
        Tensor kernel = site.numbers().rows(cells.get(0), cells.get(1), site.size("nin"), multiplier(site.settings()));
        Value result = site.reading(value)
                .main(CommonKinds.depthwiseConvolution(2), settings, value.layout(), with(bias, kernel));
        return activation.behindAlone(site, result);
    }

    private static Value separable(Site site) {
        Functions activation = Functions.of(site.settings());
        Value value = padded(site, 2, true);
        long multiplier = multiplier(site.settings());
        Map<String, Object> settings = common(site, 2, value, activation);
        settings.put("depth_multiplier", multiplier);
        settings.put("filters", site.size("nout"));
        List<Tensor> bias = bias(site);
        List<Integer> cells = site.sizes("kernelSize", 2, 1, 1);
        Tensor depth = Parameters.moved(
                site.numbers().rows(sizes(cells, multiplier, site.size("nin"))), firstTwoLast(2, true));
        Tensor point = Parameters.moved(
                site.numbers().rows(site.size("nout"), site.size("nin") * multiplier, 1, 1), firstTwoLast(2, true));
        Value result = site.reading(value)
                .main(CommonKinds.separableConvolution(2), settings, value.layout(), with(bias, depth, point));
        return activation.behindAlone(site, result);
    }
}
