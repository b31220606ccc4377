package org.netsplice.safety;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.edit.Document;
import org.netsplice.edit.Kept;
import org.netsplice.graph.Node;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Printable;

/** Lists what a document keeps of its files but neither uses nor runs. */
public final class Untrusted {
    private static final int LISTED = 20;
    private static final Set<String> MODELS = Set.of("Functional", "Sequential", "Model");

    private Untrusted() {}

    /** One line each for layers that are not computed, Python objects that are never created, and training configurations. */
    public static List<String> lines(Document document) {
        List<String> lines = new ArrayList<>();
        List<String> layers = new ArrayList<>();
        for (Node node : document.graph().nodes().values()) {
            node.layer()
                    .obstacle()
                    .ifPresent(reason -> layers.add(Printable.name(node.name()) + " ("
                            + Printable.name(node.layer().className()) + ")"));
        }
        if (!layers.isEmpty()) {
            lines.add("kept but not computed: " + listed(layers));
        }
        Set<String> objects = new TreeSet<>();
        document.kept()
                .layers()
                .values()
                .forEach(said -> parsed(said.text()).ifPresent(json -> foreign(json, objects)));
        document.kept()
                .trainings()
                .values()
                .forEach(training -> parsed(training.config()).ifPresent(json -> foreign(json, objects)));
        if (!objects.isEmpty()) {
            lines.add("never run: " + listed(List.copyOf(objects)));
        }
        document.kept().trainings().values().forEach(training -> lines.add(training(training)));
        return lines;
    }

    /** A warning for each user-defined class that was opened as the plain model it is derived from. */
    public static List<String> derived(Document document) {
        Set<String> classes = new TreeSet<>();
        document.kept()
                .models()
                .values()
                .forEach(said -> parsed(said)
                        .flatMap(json -> json.find("class_name"))
                        .filter(Json::isText)
                        .map(Json::text)
                        .filter(name -> !MODELS.contains(name))
                        .ifPresent(name -> classes.add(Printable.name(name))));
        return classes.stream()
                .map(name -> "the class " + name
                        + " is computed as the layers it lists; where its Python code overrides call(),"
                        + " the numbers differ from Keras'")
                .toList();
    }

    private static String listed(List<String> names) {
        return String.join(", ", names.subList(0, Math.min(LISTED, names.size())))
                + (names.size() > LISTED ? ", and " + (names.size() - LISTED) + " more" : "");
    }

    private static String training(Kept.Training training) {
        Optional<Json> config = parsed(training.config());
        long numbers = training.state().stream().mapToLong(Tensor::length).sum();
        String optimizer = config.flatMap(json -> json.find("optimizer"))
                .map(Untrusted::named)
                .orElse("");
        String loss =
                config.flatMap(json -> json.find("loss")).map(Untrusted::named).orElse("");
        return "kept but not used: optimizer" + (optimizer.isEmpty() ? "" : " " + optimizer)
                + (numbers > 0 ? String.format(Locale.ROOT, ", %,d numbers", numbers) : "")
                + (loss.isEmpty() ? "" : ", loss " + loss)
                + (training.missing().isEmpty() ? "" : "; left out, because " + Printable.text(training.missing()));
    }

    /** The class of an object, or a plain name; empty when there are several. */
    private static String named(Json json) {
        Json name = json.isObject() ? json.find("class_name").orElse(json) : json;
        return name.isText() ? Printable.name(name.text()) : "";
    }

    static Optional<Json> parsed(String text) {
        try {
            return text.isEmpty()
                    ? Optional.empty()
                    : Optional.of(JsonReader.parse(text.getBytes(StandardCharsets.UTF_8), "", ""));
        } catch (ModelException changed) {
            return Optional.empty();
        }
    }

    /** Notes the classes and functions that are named with a module other than Keras'. */
    private static void foreign(Json json, Set<String> found) {
        if (json.isList()) {
            json.items().forEach(item -> foreign(item, found));
        } else if (json.isObject()) {
            Optional<String> module = json.find("module").filter(Json::isText).map(Json::text);
            boolean own = module.isEmpty() || ForeignCode.own(module.get());
            if (!own) {
                String name = named(json);
                found.add(Printable.name(module.orElse("") + (name.isEmpty() ? "" : "." + name)));
            }
            for (String key : json.keys()) {
                json.find(key).ifPresent(value -> foreign(value, found));
            }
        }
    }
}
