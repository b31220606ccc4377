package org.netsplice.edit.step;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;

/** Keeps node names unique. A name is any text without a slash, which Keras refuses. */
final class Names {
    private final Graph graph;
    /** Names taken since, besides those in the graph. */
    private final Set<String> taken = new HashSet<>();

    Names(Graph graph) {
        this.graph = graph;
    }

    private boolean isTaken(String name) {
        return taken.contains(name) || graph.named(name).isPresent();
    }

    /** A name for a single new node: the one wanted, numbered when it is taken. */
    static String one(Graph graph, String wanted) {
        return new Names(graph).take(wanted, "");
    }

    /** The name itself, else with the prefix, else with a number; it is taken from now on. */
    String take(String wanted, String prefix) {
        String clean = clean(wanted);
        String name = isTaken(clean) && !prefix.isEmpty() ? prefix.replace("/", "_") + clean : clean;
        for (int number = 1; isTaken(name); number++) {
            name = clean + "_" + number;
        }
        taken.add(name);
        return name;
    }

    /** A name for a group that no group has: the one wanted, numbered when it is taken. */
    static String title(Collection<Group> groups, String wanted) {
        Set<String> titles = groups.stream().map(Group::name).collect(Collectors.toSet());
        String title = clean(wanted);
        for (int number = 2; titles.contains(title); number++) {
            title = clean(wanted) + "_" + number;
        }
        return title;
    }

    /** The name with slashes replaced; {@code layer} when nothing is left. */
    static String clean(String name) {
        String clean = name.replace('/', '_').strip();
        return clean.isEmpty() ? "layer" : clean;
    }
}
