package org.netsplice.dl4j.zip;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.layers.CommonKinds;
import org.netsplice.layers.kind.Kind;

/**
 * An activation function of DL4J as layers of this program.
 *
 * @param steps the layers, one after the other; none for the identity
 */
record Functions(List<Step> steps) {

    /** DL4J's own default. */
    private static final String DEFAULT = "Sigmoid";

    /** What stands before the name of a function: its package, or what {@link ClassNames} takes older words for. */
    private static final String PREFIX = "^(layers\\.|org\\.nd4j\\.linalg\\.activations\\.impl\\.Activation)";

    private static final String FIELD = "activationFn";
    private static final String SOFTMAX = "softmax";

    /** DL4J's hard sigmoid is max(0, min(1, 0.2 x + 0.5)), Keras' x / 6 + 0.5. */
    static final double HARD_SIGMOID = 1.2;

    /** The factor in x · sigmoid(1.702 x), which DL4J computes for gelu. */
    private static final double GELU = 1.702;

    private static final Map<String, String> SAME = Map.ofEntries(
            Map.entry("relu", "relu"),
            Map.entry("relu6", "relu6"),
            Map.entry("sigmoid", "sigmoid"),
            Map.entry("softmax", SOFTMAX),
            Map.entry("softplus", "softplus"),
            Map.entry("softsign", "softsign"),
            Map.entry("tanh", "tanh"),
            Map.entry("selu", "selu"),
            Map.entry("swish", "silu"),
            Map.entry("mish", "mish"),
            Map.entry("hardtanh", "hard_tanh"));

    /** The activation of a layer. */
    static Functions of(Json layer) {
        return of(layer, FIELD);
    }

    /**
     * The function a field of a layer names.
     *
     * @throws org.netsplice.problem.ModelException.Unsupported when there are no layers that compute the same
     */
    static Functions of(Json layer, String field) {
        Optional<Json> written = layer.find(field);
        if (written.isEmpty()) {
            Optional<Json> oldest = field.equals(FIELD) ? layer.find("activationFunction") : Optional.empty();
            return named(oldest.map(Json::text).orElse(DEFAULT), layer.replaced(Map.of()));
        }
        if (written.get().isText()) {
            return named(written.get().text(), layer.replaced(Map.of()));
        }
        ClassNames.Named function = ClassNames.of(written.get());
        return named(function.name().replaceFirst(PREFIX, ""), function.settings());
    }

    private static Functions named(String name, Json with) {
        String plain = name.toLowerCase(java.util.Locale.ROOT);
        if (SAME.containsKey(plain)
                && !(plain.equals("relu") && with.find("negativeSlope").isPresent())) {
            boolean changed =
                    with.find("max").isPresent() || with.find("threshold").isPresent();
            if (!(plain.equals("relu") && changed)) {
                return function(SAME.get(plain));
            }
        }
        return switch (plain) {
            case "identity", "linear" -> new Functions(List.of());
            case "relu" -> relu(with);
            case "elu" -> layer(CommonKinds.ELU, Map.of("alpha", number(with, "alpha", 1)));
            case "lrelu", "leakyrelu" ->
                layer(CommonKinds.LEAKY_RELU, Map.of("negative_slope", number(with, "alpha", 0.01)));
            case "rrelu" -> throw with.unsupported("the activation RReLU draws random numbers");
            case "thresholdedrelu" -> layer(CommonKinds.RELU, Map.of("threshold", number(with, "theta", 1)));
            case "rectifiedtanh" -> new Functions(List.of(step("tanh"), step("relu")));
            case "hardsigmoid" -> new Functions(List.of(scale(HARD_SIGMOID), step("hard_sigmoid")));
            case "gelu" -> gelu(with);
            default -> throw with.unsupported("the activation \"" + name + "\" has no counterpart here");
        };
    }

    private static Functions relu(Json with) {
        double slope = number(with, "negativeSlope", 0);
        double threshold = number(with, "threshold", 0);
        if (slope < 0 || threshold < 0) {
            throw with.unsupported("a relu with a negative slope or threshold below 0 has no counterpart here");
        }
        return with.find("max").isEmpty()
                ? layer(CommonKinds.RELU, Map.of("negative_slope", slope, "threshold", threshold))
                : layer(
                        CommonKinds.RELU,
                        Map.of("max_value", number(with, "max", 0), "negative_slope", slope, "threshold", threshold));
    }

    private static Functions gelu(Json with) {
        if (Site.flag(with, "precise", false)) {
            return function("gelu");
        }
        return new Functions(List.of(scale(GELU), step("silu"), scale(1 / GELU)));
    }

    private static double number(Json with, String key, double otherwise) {
        return with.find(key).map(Json::number).orElse(otherwise);
    }

    private static Step step(String function) {
        return new Step(CommonKinds.ACTIVATION, Map.of("activation", function));
    }

    private static Step scale(double factor) {
        return new Step(CommonKinds.RESCALING, Map.of("scale", factor));
    }

    private static Functions function(String name) {
        return new Functions(List.of(step(name)));
    }

    private static Functions layer(Kind<?> kind, Map<String, ?> settings) {
        return new Functions(List.of(new Step(kind, settings)));
    }

    /** Whether a layer can have it as its own activation. */
    private boolean fitsInside() {
        return steps.isEmpty() || (steps.size() == 1 && !steps.get(0).kind().equals(CommonKinds.RESCALING));
    }

    /** Whether it looks at several numbers at once. */
    private boolean sums() {
        return steps.size() == 1 && steps.get(0).settings().equals(Map.of("activation", SOFTMAX));
    }

    /** The setting of a layer whose features are last; {@code linear} where {@link #behind} adds layers. */
    Object inside() {
        if (steps.isEmpty() || !fitsInside()) {
            return "linear";
        }
        Step step = steps.get(0);
        return step.kind().equals(CommonKinds.ACTIVATION)
                ? step.settings().get("activation")
                : Map.of("class_name", step.kind().className(), "config", step.settings());
    }

    /** The setting of a layer that takes every number alone; {@code linear} where {@link #behind} adds layers. */
    Object insideAlone() {
        return sums() ? "linear" : inside();
    }

    /** Adds what {@link #inside} left out. */
    Value behind(Site site, Value value) {
        return fitsInside() ? value : added(site, value);
    }

    /** Adds what {@link #insideAlone} left out; a softmax is over DL4J's last axis. */
    Value behindAlone(Site site, Value value) {
        return sums() ? softmax(site, value, value.layout().held(-1)) : behind(site, value);
    }

    /** Adds the function as layers, the last of which carries the name of the vertex; a softmax is over {@code axis} as held. */
    Value alone(Site site, int axis) {
        if (steps.isEmpty()) {
            return site.main(CommonKinds.IDENTITY, Map.of(), site.value().layout(), List.of());
        }
        if (sums()) {
            boolean last = axis == site.value().layout().rank() - 1;
            return last
                    ? site.main(
                            CommonKinds.ACTIVATION,
                            steps.get(0).settings(),
                            site.value().layout(),
                            List.of())
                    : site.main(
                            CommonKinds.SOFTMAX,
                            Map.of("axis", axis),
                            site.value().layout(),
                            List.of());
        }
        Value value = site.value();
        for (int i = 0; i < steps.size() - 1; i++) {
            value = site.beside("part", steps.get(i).kind(), steps.get(i).settings(), value.layout(), value);
        }
        Step last = steps.get(steps.size() - 1);
        return site.reading(value).main(last.kind(), last.settings(), value.layout(), List.of());
    }

    private static Value softmax(Site site, Value value, int axis) {
        return site.beside(SOFTMAX, CommonKinds.SOFTMAX, Map.of("axis", axis), value.layout(), value);
    }

    private Value added(Site site, Value value) {
        Value result = value;
        for (Step step : steps) {
            result = site.beside("activation", step.kind(), step.settings(), value.layout(), result);
        }
        return result;
    }
}
