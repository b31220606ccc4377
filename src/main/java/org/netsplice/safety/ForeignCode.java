package org.netsplice.safety;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.edit.Kept;
import org.netsplice.format.Contents;
import org.netsplice.graph.Node;
import org.netsplice.layers.Opaque;
import org.netsplice.problem.Printable;

/** Finds in the words of a file what the program it is made for would run: Python bytecode, classes of a user's own, serialised objects. */
final class ForeignCode {
    /** Parts of archives that other programs bring to life, by the end of their names, each with what happens. */
    private static final Map<String, String> LIVE = Map.of(
            ".pkl", "Python would unpickle it, which can run any code",
            ".pickle", "Python would unpickle it, which can run any code",
            "normalizer.bin", "DL4J would load a class that it names, unless it is a normalizer of its own",
            "preprocessor.bin", "DL4J would deserialise Java objects of classes that it names");

    private ForeignCode() {}

    /** A sentence for each piece of code in what a document keeps of its files. */
    static List<String> in(Document document) {
        Set<String> found = new LinkedHashSet<>();
        document.kept()
                .layers()
                .values()
                .forEach(said -> search(said.text(), "layer " + Printable.name(said.name()), found));
        for (Node node : document.graph().nodes().values()) {
            if (node.layer() instanceof Opaque opaque) {
                search(opaque.config(), "layer " + Printable.name(node.name()), found);
            }
        }
        document.kept().models().values().forEach(text -> search(text, "a model", found));
        for (Kept.Training training : document.kept().trainings().values()) {
            search(training.config(), "the training", found);
        }
        return List.copyOf(found);
    }

    /** A sentence for each part that comes to life elsewhere. */
    static List<String> in(Contents contents) {
        Set<String> found = new LinkedHashSet<>();
        for (Contents.Part part : contents.parts()) {
            LIVE.forEach((end, what) -> {
                if (part.name().endsWith(end)) {
                    found.add(Printable.name(part.name()) + ": " + what);
                }
            });
        }
        return List.copyOf(found);
    }

    private static void search(String text, String where, Set<String> found) {
        Untrusted.parsed(text).ifPresent(json -> search(json, where, found));
    }

    private static void search(Json json, String where, Set<String> found) {
        if (json.isList()) {
            json.items().forEach(item -> search(item, where, found));
            return;
        }
        if (!json.isObject()) {
            return;
        }
        String name = text(json, "class_name");
        String module = text(json, "module");
        if (name.equals("__lambda__")) {
            found.add(where + ": Keras would run Python bytecode" + length(json));
        } else if (name.equals("Lambda")) {
            json.find("config").filter(Json::isObject).ifPresent(config -> lambda(config, where, found));
        }
        if (!module.isEmpty() && !own(module)) {
            found.add(where + ": Keras would import the Python module " + Printable.name(module)
                    + (name.isEmpty() ? "" : " for " + Printable.name(name)));
        } else if (module.isEmpty() && text(json, "registered_name").contains(">")) {
            found.add(where + ": Keras would look for the class " + Printable.name(text(json, "registered_name")));
        }
        for (String key : json.keys()) {
            json.find(key).ifPresent(value -> search(value, where, found));
        }
    }

    /** A Lambda of Keras 1 and 2 holds bytecode in a list, or the name of a function. */
    private static void lambda(Json config, String where, Set<String> found) {
        Optional<Json> function = config.find("function");
        if (function.filter(Json::isList).isPresent()
                || text(config, "function_type").equals("lambda")) {
            found.add(where + ": Keras would run Python bytecode"
                    + function.map(ForeignCode::length).orElse(""));
        } else if (function.filter(Json::isText).isPresent()) {
            found.add(where + ": Keras would call the Python function "
                    + Printable.name(function.get().text()));
        }
    }

    private static String length(Json json) {
        Optional<Json> code = json.isList()
                ? json.items().stream().findFirst()
                : json.find("config").filter(Json::isObject).flatMap(config -> config.find("code"));
        return code.filter(Json::isText)
                .map(text -> ", " + text.text().length() + " characters")
                .orElse("");
    }

    static boolean own(String module) {
        return module.equals("keras") || module.startsWith("keras.") || module.equals("builtins");
    }

    private static String text(Json json, String key) {
        return json.find(key).filter(Json::isText).map(Json::text).orElse("");
    }
}
