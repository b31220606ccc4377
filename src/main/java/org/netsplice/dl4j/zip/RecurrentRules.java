package org.netsplice.dl4j.zip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.netsplice.config.Json;
import org.netsplice.graph.DType;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.CommonKinds;
import org.netsplice.layers.kind.Kind;

/**
 * Layers that run along a sequence. Matrices stand column by column, before the bias; the gates of an LSTM stand in the order candidate,
 * forget, output, input. A Graves LSTM has three more columns of recurrent weights, through which gates see the state; only where these
 * are zero is it an LSTM of Keras.
 */
final class RecurrentRules {
    private static final String PLAIN = "layers.LSTM";
    private static final String GRAVES = "layers.GravesLSTM";
    private static final String SIMPLE = "layers.recurrent.SimpleRnn";
    private static final int PEEPHOLES = 3;

    /** Where DL4J has the gates that Keras has as input, forget, candidate, output. */
    private static final int[] GATES = {3, 1, 0, 2};

    private static final int CANDIDATE = 2;

    private RecurrentRules() {}

    static void addTo(Map<String, Rule> rules) {
        for (String name : List.of(PLAIN, GRAVES, SIMPLE)) {
            rules.put(
                    name,
                    new Rule(settings -> count(name, settings), Wanted::sequence, site -> sequence(site, name, true)));
        }
        rules.put(
                "layers.GravesBidirectionalLSTM",
                new Rule(
                        settings -> 2 * count(GRAVES, settings),
                        Wanted::sequence,
                        site -> both(site, named(GRAVES, site.settings()), named(GRAVES, site.settings()), "sum")));
        rules.put(
                "layers.recurrent.Bidirectional",
                new Rule(
                        settings -> count(inner(settings, "fwd")) + count(inner(settings, "bwd")),
                        settings -> Wanted.sequence(inner(settings, "fwd").settings()),
                        site -> both(
                                site,
                                inner(site.settings(), "fwd"),
                                inner(site.settings(), "bwd"),
                                mode(site.settings()))));
    }

    private static ClassNames.Named named(String name, Json settings) {
        return new ClassNames.Named(name, settings);
    }

    private static ClassNames.Named inner(Json settings, String key) {
        return ClassNames.of(settings.get(key));
    }

    private static String mode(Json settings) {
        String mode = Site.text(settings, "mode", "CONCAT").toUpperCase(Locale.ROOT);
        return switch (mode) {
            case "ADD" -> "sum";
            case "MUL" -> "mul";
            case "AVERAGE" -> "ave";
            case "CONCAT" -> "concat";
            default -> throw settings.unsupported("joining two directions by " + mode + " has no counterpart here");
        };
    }

    private static Kind<?> kind(String name) {
        return name.equals(SIMPLE) ? CommonKinds.SIMPLE_RNN : CommonKinds.LSTM;
    }

    /** Whether a class is a recurrent layer in one direction. */
    static boolean has(String name) {
        return List.of(PLAIN, GRAVES, SIMPLE).contains(name);
    }

    private static int gates(String name) {
        return name.equals(SIMPLE) ? 1 : GATES.length;
    }

    private static long count(ClassNames.Named layer) {
        if (!has(layer.name())) {
            throw layer.settings()
                    .unsupported("the layer " + ClassNames.shown(layer.name()) + " in two directions is not known");
        }
        return count(layer.name(), layer.settings());
    }

    private static long count(String name, Json settings) {
        long in = Site.size(settings, "nin");
        long units = Site.size(settings, "nout");
        long wide = units * gates(name);
        long gain = Site.flag(settings, "hasLayerNorm", false) ? 2 * units : 0;
        return in * wide + units * (wide + (name.equals(GRAVES) ? PEEPHOLES : 0)) + wide + gain;
    }

    /** Draws a layer that gives a sequence, or only its last step. */
    static Value sequence(Site site, String name, boolean steps) {
        Value value = site.reading(sequence(site.value()), "sequence");
        List<Tensor> weights = weights(site.numbers(), name, site.settings());
        return site.main(
                kind(name), settings(name, site.settings(), steps), steps ? value.layout() : Layout.FLAT, weights);
    }

    private static boolean sequence(Value value) {
        return value.layout().sequence() && value.layout() != Layout.FOLDED;
    }

    private static Value both(Site site, ClassNames.Named forward, ClassNames.Named backward, String merge) {
        Value value = site.reading(sequence(site.value()), "sequence");
        List<Tensor> weights = new ArrayList<>(weights(site.numbers(), forward.name(), forward.settings()));
        weights.addAll(weights(site.numbers(), backward.name(), backward.settings()));
        Map<String, Object> first = settings(forward.name(), forward.settings(), true);
        Map<String, Object> second = settings(backward.name(), backward.settings(), true);
        Map<String, Object> settings = new HashMap<>();
        settings.put("layer", layer(forward.name(), first));
        settings.put("merge_mode", merge);
        if (!first.equals(second) || !forward.name().equals(backward.name())) {
            second.put("go_backwards", true);
            settings.put("backward_layer", layer(backward.name(), second));
        }
        return site.main(CommonKinds.BIDIRECTIONAL, settings, value.layout(), weights);
    }

    private static Map<String, Object> layer(String name, Map<String, Object> settings) {
        return Map.of("class_name", kind(name).className(), "config", settings);
    }

    private static Map<String, Object> settings(String name, Json layer, boolean steps) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("units", Site.size(layer, "nout"));
        settings.put("activation", inside(layer, Functions.of(layer)));
        settings.put("return_sequences", steps);
        if (!name.equals(SIMPLE)) {
            Functions gates = gates(layer);
            settings.put("recurrent_activation", hard(gates) ? "hard_sigmoid" : inside(layer, gates));
        }
        return settings;
    }

    private static Functions gates(Json layer) {
        return Functions.of(layer, "gateActivationFn");
    }

    /** Whether gates use DL4J's hard sigmoid, whose slope is put into the weights. */
    private static boolean hard(Functions gates) {
        return gates.steps().size() == 2
                && gates.steps().get(1).settings().equals(Map.of("activation", "hard_sigmoid"));
    }

    private static Object inside(Json layer, Functions function) {
        Object inside = function.insideAlone();
        if (inside.equals("linear") && !function.steps().isEmpty()) {
            throw layer.unsupported("its activation has no counterpart inside a recurrent layer here");
        }
        return inside;
    }

    private static List<Tensor> weights(Parameters numbers, String name, Json layer) {
        if (Site.flag(layer, "hasLayerNorm", false)) {
            throw layer.unsupported("its normalization in every step has no counterpart here");
        }
        long in = Site.size(layer, "nin");
        long units = Site.size(layer, "nout");
        long wide = units * gates(name);
        Tensor kernel = numbers.columns(in, wide);
        Tensor recurrent = numbers.columns(units, wide);
        if (name.equals(GRAVES)) {
            for (float peephole : numbers.rows(PEEPHOLES * units).toArray()) {
                if (peephole != 0) {
                    throw layer.unsupported("its gates see the state of the cell, which has no counterpart here");
                }
            }
        }
        List<Tensor> all = List.of(kernel, recurrent, numbers.rows(wide));
        if (name.equals(SIMPLE)) {
            return all;
        }
        double slope = hard(gates(layer)) ? Functions.HARD_SIGMOID : 1;
        return all.stream().map(tensor -> ordered(tensor, (int) units, slope)).toList();
    }

    /** A tensor whose last axis holds the gates, in Keras' order, with the numbers of gates that are no candidates multiplied. */
    private static Tensor ordered(Tensor tensor, int units, double slope) {
        int wide = units * GATES.length;
        float[] values = new float[tensor.length()];
        for (int i = 0; i < values.length; i++) {
            int column = i % wide;
            int gate = column / units;
            float number = tensor.at(i - column + GATES[gate] * units + column % units);
            values[i] = gate == CANDIDATE || slope == 1 ? number : (float) (number * slope);
        }
        return Tensor.owning(DType.FLOAT32, tensor.shape(), values);
    }
}
