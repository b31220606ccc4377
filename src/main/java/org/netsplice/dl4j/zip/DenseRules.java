package org.netsplice.dl4j.zip;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.netsplice.config.Json;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.CommonKinds;

/** Layers that multiply features by a matrix, look rows of one up, or scale features. Matrices stand column by column, before biases. */
final class DenseRules {
    private DenseRules() {}

    static void addTo(Map<String, Rule> rules) {
        rules.put("layers.DenseLayer", dense(0));
        rules.put("layers.OutputLayer", dense(0));
        rules.put(
                "layers.RnnOutputLayer",
                new Rule(settings -> matrix(settings, true), Wanted::sequence, DenseRules::draw));
        rules.put(
                "layers.AutoEncoder",
                new Rule(
                        settings -> matrix(settings, true) + nin(settings),
                        Wanted::flat,
                        site -> trained(site, nin(site.settings()))));
        rules.put(
                "layers.CenterLossOutputLayer",
                new Rule(
                        settings -> matrix(settings, true) + nin(settings) * nout(settings),
                        Wanted::flat,
                        site -> trained(site, nin(site.settings()) * nout(site.settings()))));
        rules.put(
                "layers.EmbeddingLayer",
                new Rule(
                        settings -> matrix(settings, true),
                        settings -> Wanted.of(Layout.FLAT, 1),
                        DenseRules::embedding));
        rules.put(
                "layers.EmbeddingSequenceLayer",
                new Rule(settings -> matrix(settings, false), DenseRules::wantsSteps, DenseRules::sequence));
        rules.put(
                "layers.misc.ElementWiseMultiplicationLayer",
                new Rule(settings -> 2 * nout(settings), Wanted::flat, DenseRules::elementWise));
        rules.put("layers.PReLULayer", new Rule(DenseRules::slopes, settings -> Wanted.SAME, DenseRules::prelu));
    }

    private static long nin(Json settings) {
        return Site.size(settings, "nin");
    }

    private static long nout(Json settings) {
        return Site.size(settings, "nout");
    }

    private static Rule dense(long more) {
        return new Rule(settings -> matrix(settings, true) + more, Wanted::flat, DenseRules::draw);
    }

    /** The numbers of a matrix, a bias and a gain. */
    private static long matrix(Json settings, boolean biased) {
        long gain = Site.flag(settings, "hasLayerNorm", false) ? nout(settings) : 0;
        return nin(settings) * nout(settings) + (Site.flag(settings, "hasBias", biased) ? nout(settings) : 0) + gain;
    }

    private static Value trained(Site site, long more) {
        Value value = draw(site);
        site.numbers().skip(more);
        return value;
    }

    private static Value draw(Site site) {
        if (site.flag("hasLayerNorm", false)) {
            throw site.settings().unsupported("its normalization before the bias has no counterpart here");
        }
        Value read = site.value();
        Site fed = site;
        if (read.layout() == Layout.FLAT && read.features() == Shape.UNKNOWN) {
            fed = site.reading(site.flattened("features", nin(site.settings())));
        } else if (read.layout().rank() > 3) {
            throw site.settings().unsupported("it reads images without flattening them");
        }
        Functions activation = Functions.of(site.settings());
        boolean bias = site.flag("hasBias", true);
        List<Tensor> weights = new ArrayList<>();
        weights.add(site.numbers().columns(nin(site.settings()), nout(site.settings())));
        if (bias) {
            weights.add(site.numbers().rows(nout(site.settings())));
        }
        Value value = fed.main(
                CommonKinds.DENSE,
                Map.of("units", nout(site.settings()), "use_bias", bias, "activation", activation.inside()),
                read.layout(),
                weights);
        return activation.behind(site, value);
    }

    /** The table of an embedding; the bias is in each of its rows. */
    private static Tensor table(Site site, boolean biased) {
        Tensor table = site.numbers().columns(nin(site.settings()), nout(site.settings()));
        if (!site.flag("hasBias", biased)) {
            return table;
        }
        int width = (int) nout(site.settings());
        Tensor bias = site.numbers().rows(width);
        float[] values = table.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] += bias.at(i % width);
        }
        return Tensor.owning(DType.FLOAT32, table.shape(), values);
    }

    private static Map<String, ?> size(Site site) {
        return Map.of("input_dim", nin(site.settings()), "output_dim", nout(site.settings()));
    }

    private static Value embedding(Site site) {
        Functions activation = Functions.of(site.settings());
        Value found = site.main(CommonKinds.EMBEDDING, size(site), Layout.SEQUENCE_LAST, List.of(table(site, true)));
        Value flat = site.reading(found).flattened("row", nout(site.settings()));
        return activation.steps().isEmpty() ? flat : activation.alone(named(site.reading(flat), "activation"), 1);
    }

    private static Site named(Site site, String suffix) {
        return new Site(
                site.drawing(),
                site.drawing().beside(site.name(), suffix),
                site.settings(),
                site.read(),
                site.numbers(),
                site.trainable());
    }

    private static Wanted wantsSteps(Json settings) {
        long length = Site.flag(settings, "inferInputLength", false)
                ? Shape.UNKNOWN
                : settings.find("inputLength")
                        .map(json -> json.integer(1, Integer.MAX_VALUE))
                        .orElse(Shape.UNKNOWN);
        return Wanted.of(Layout.FLAT, length);
    }

    private static Value sequence(Site site) {
        site.reading(site.value().layout() == Layout.FLAT, "table of numbers of words");
        Functions activation = Functions.of(site.settings());
        Layout layout = Layout.named(Site.text(site.settings(), "outputFormat", "NCW"));
        Value found = site.main(CommonKinds.EMBEDDING, size(site), layout, List.of(table(site, false)));
        return activation.steps().isEmpty()
                ? found
                : activation.alone(named(site.reading(found), "activation"), layout.held(-1));
    }

    private static Value elementWise(Site site) {
        site.reading(site.value().layout() == Layout.FLAT, "row of features");
        Functions activation = Functions.of(site.settings());
        Value value = site.main(
                CommonKinds.EINSUM_DENSE,
                Map.of(
                        "equation",
                        "ab,b->ab",
                        "output_shape",
                        List.of(nout(site.settings())),
                        "bias_axes",
                        "b",
                        "activation",
                        activation.inside()),
                Layout.FLAT,
                List.of(
                        site.numbers().rows(nout(site.settings())),
                        site.numbers().rows(nout(site.settings()))));
        return activation.behind(site, value);
    }

    private static List<Long> slopeSizes(Json settings) {
        List<Integer> shared = settings.find("sharedAxes")
                .map(axes -> axes.items().stream()
                        .map(axis -> (int) axis.integer(1, 8))
                        .toList())
                .orElse(List.of());
        List<Json> sizes = settings.get("inputShape").items();
        return IntStream.rangeClosed(1, sizes.size())
                .mapToObj(
                        axis -> shared.contains(axis) ? 1L : sizes.get(axis - 1).integer(1, 1 << 24))
                .toList();
    }

    private static long slopes(Json settings) {
        return Shape.of(slopeSizes(settings).stream().mapToLong(Long::longValue).toArray())
                .elements();
    }

    private static Value prelu(Site site) {
        Layout layout = site.value().layout();
        site.reading(layout == Layout.FLAT || layout.image() || layout.volume(), "row, image or volume");
        List<Object> shared = site.settings()
                .find("sharedAxes")
                .map(axes -> axes.items().stream()
                        .<Object>map(axis -> axis.integer(1, 8))
                        .toList())
                .orElse(List.of());
        long[] sizes =
                slopeSizes(site.settings()).stream().mapToLong(Long::longValue).toArray();
        return site.main(
                CommonKinds.PRELU,
                shared.isEmpty() ? Map.of() : Map.of("shared_axes", shared),
                layout,
                List.of(site.numbers().rows(sizes)));
    }
}
