package org.netsplice.edit;

import java.util.HashSet;
import java.util.Set;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;

/** Keeps node names unique. A name is any text without a slash, which Keras refuses. */
final class Names {
    private final Set<String> taken = new HashSet<>();

    Names(Graph graph) {
        for (Node node : graph.nodes().values()) {
            taken.add(node.name());
        }
    }

    /** The name itself, else with the prefix, else with a number; it is taken from now on. */
    String take(String wanted, String prefix) {
        String clean = clean(wanted);
        String name = taken.contains(clean) && !prefix.isEmpty() ? prefix.replace("/", "_") + clean : clean;
        for (int number = 1; taken.contains(name); number++) {
            name = clean + "_" + number;
        }
        taken.add(name);
        return name;
    }

    /** The name with slashes replaced; {@code layer} when nothing is left. */
    static String clean(String name) {
        String clean = name.replace('/', '_').strip();
        return clean.isEmpty() ? "layer" : clean;
    }
}
