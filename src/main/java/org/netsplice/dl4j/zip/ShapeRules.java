package org.netsplice.dl4j.zip;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.config.Json;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.CommonKinds;
import org.netsplice.layers.kind.Kind;

/** Layers that keep, cut, pad or normalize data, layers around others, and layers that are only drawn and kept. */
final class ShapeRules {
    private static final String FORMAT = "data_format";

    private ShapeRules() {}

    static void addTo(Map<String, Rule> rules) {
        for (int directions = 1; directions <= 3; directions++) {
            int count = directions;
            String name = "layers.ZeroPadding" + (count == 2 ? "" : count + "D") + "Layer";
            rules.put(name, Rule.plain(settings -> wants(settings, count), site -> bordered(site, count, "padding")));
            rules.put(
                    "layers.convolutional.Cropping" + count + "D",
                    Rule.plain(settings -> wants(settings, count), site -> bordered(site, count, "cropping")));
        }
        rules.put(
                "layers.ActivationLayer",
                Rule.plain(site -> activation(site, site.value().layout().held(-1))));
        rules.put(
                "layers.LossLayer",
                Rule.plain(site -> activation(site, site.value().layout().held(-1))));
        for (String name : List.of("layers.CnnLossLayer", "layers.Cnn3DLossLayer", "layers.RnnLossLayer")) {
            rules.put(
                    name,
                    Rule.plain(site -> activation(site, site.value().layout().features())));
        }
        rules.put("layers.DropoutLayer", Rule.plain(ShapeRules::dropout));
        rules.put(
                "layers.util.MaskLayer",
                Rule.plain(site ->
                        site.main(CommonKinds.IDENTITY, Map.of(), site.value().layout(), List.of())));
        rules.put(
                "layers.BatchNormalization",
                new Rule(
                        ShapeRules::statistics,
                        settings -> Wanted.passing(Site.size(settings, "nout")),
                        ShapeRules::normalized));
        rules.put(
                "layers.misc.RepeatVector", Rule.plain(settings -> Wanted.passing(Layout.FLAT), ShapeRules::repeated));
        rules.put(
                "layers.LocalResponseNormalization",
                Rule.kept("sums over neighbouring channels have no counterpart here"));
        rules.put("layers.SpaceToDepthLayer", Rule.kept("moving space into channels has no counterpart here"));
        rules.put("layers.SpaceToBatchLayer", Rule.kept("it changes the number of rows"));
        rules.put(
                "layers.objdetect.Yolo2OutputLayer",
                Rule.kept("it finds boxes in images, which has no counterpart here"));
    }

    private static Wanted wants(Json settings, int directions) {
        return Wanted.passing(
                switch (directions) {
                    case 1 -> Layout.SEQUENCE_FIRST;
                    case 2 -> Layout.named(Site.text(settings, "dataFormat", "NCHW"));
                    default -> Layout.named(Site.text(settings, "dataFormat", "NCDHW"));
                });
    }

    /** Pads or crops: one number for each side, or in old files one for each direction. */
    private static Value bordered(Site site, int directions, String key) {
        Layout layout = site.value().layout();
        Value value = site.reading(
                layout.rank() == directions + 2 && layout != Layout.FOLDED,
                directions == 1 ? "sequence" : directions == 2 ? "image" : "volume");
        int given = site.settings().get(key).isList()
                ? site.settings().get(key).items().size()
                : 1;
        List<Integer> sizes = given == 2 * directions
                ? site.sizes(key, given, 0, 0)
                : site.sizes(key, directions, 0, 0).stream()
                        .flatMap(size -> Collections.nCopies(2, size).stream())
                        .toList();
        List<List<Integer>> pairs = new ArrayList<>();
        for (int i = 0; i < directions; i++) {
            pairs.add(sizes.subList(2 * i, 2 * i + 2));
        }
        Map<String, Object> settings = new HashMap<>();
        settings.put(key, directions == 1 ? pairs.get(0) : pairs);
        if (directions > 1) {
            settings.put(FORMAT, layout.format());
        }
        Kind<?> kind = key.equals("padding") ? CommonKinds.zeroPadding(directions) : CommonKinds.cropping(directions);
        return site.reading(value).main(kind, settings, layout, List.of());
    }

    private static Value activation(Site site, int axis) {
        return Functions.of(site.settings()).alone(site, axis);
    }

    /** Nothing when predicting; DL4J keeps the probability of keeping a value. */
    private static Value dropout(Site site) {
        double kept = site.settings()
                .find("idropout")
                .filter(Json::isObject)
                .flatMap(json -> ClassNames.of(json).settings().find("p"))
                .or(() -> site.settings().find("dropOut"))
                .map(Json::number)
                .orElse(1.0);
        double rate = kept > 0 && kept <= 1 ? 1 - kept : 0;
        return site.main(CommonKinds.DROPOUT, Map.of("rate", rate), site.value().layout(), List.of());
    }

    private static boolean locked(Json settings) {
        return Site.flag(settings, "lockGammaBeta", false);
    }

    private static long statistics(Json settings) {
        return (locked(settings) ? 2 : 4) * Site.size(settings, "nout");
    }

    private static Tensor filled(long count, double number) {
        float[] values = new float[Math.toIntExact(count)];
        java.util.Arrays.fill(values, (float) number);
        return Tensor.owning(DType.FLOAT32, Shape.of(count), values);
    }

    /** The variance is kept as it is, or as the logarithm of its root. */
    private static Value normalized(Site site) {
        long channels = site.size("nout");
        boolean locked = locked(site.settings());
        Tensor gamma = locked
                ? filled(channels, site.number("gamma", 1))
                : site.numbers().rows(channels);
        Tensor beta = locked
                ? filled(channels, site.number("beta", 0))
                : site.numbers().rows(channels);
        Tensor mean = site.numbers().rows(channels);
        Tensor variance = site.numbers().rows(channels);
        if (site.flag("useLogStd", false)) {
            float[] values = variance.toArray();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) Math.pow(10, 2.0 * values[i]);
            }
            variance = Tensor.owning(DType.FLOAT32, variance.shape(), values);
        }
        Value value = site.value();
        int axis = value.layout().features();
        return site.main(
                CommonKinds.BATCH_NORMALIZATION,
                Map.of(
                        "axis", axis == value.layout().rank() - 1 ? -1 : axis,
                        "epsilon", site.number("eps", 1e-5),
                        "momentum", site.number("decay", 0.9)),
                value.layout(),
                List.of(gamma, beta, mean, variance));
    }

    private static Value repeated(Site site) {
        site.reading(site.value().layout() == Layout.FLAT, "row of features");
        return site.main(
                CommonKinds.REPEAT_VECTOR,
                Map.of("n", site.size("n")),
                Layout.named(Site.text(site.settings(), "dataFormat", "NCW")),
                List.of());
    }
}
