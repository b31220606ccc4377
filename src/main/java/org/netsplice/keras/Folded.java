package org.netsplice.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.netsplice.graph.Node;
import org.netsplice.graph.TensorSpec;

/**
 * A model as Keras has it: layers, each with its calls, and models among them.
 *
 * @param layers in the order in which Keras 3 lists them
 * @param file what its file says of it
 */
record Folded(
        String name,
        boolean sequential,
        List<Entry> layers,
        List<Place> inputs,
        List<Place> outputs,
        Optional<FileLayer> file) {

    /** The names of its layers. */
    Set<String> names() {
        return layers.stream().map(Entry::name).collect(Collectors.toSet());
    }

    /** Whether training may change a layer in it. */
    boolean trainable() {
        return layers.stream()
                .anyMatch(entry -> entry.nested()
                        .map(Folded::trainable)
                        .orElse(!entry.isInput() && entry.first().trainable()));
    }

    /** An output of a call of a layer. */
    record Place(Entry layer, int call, int tensor, TensorSpec spec) {}

    /** A layer or a nested model. It is itself, not equal to another one of the same name. */
    static final class Entry {
        private final String name;
        private final Node first;
        private final Optional<Folded> nested;
        private final Optional<FileLayer> file;
        private final List<Call> calls = new ArrayList<>();

        private final TensorSpec input;

        Entry(String name, Node first, Optional<Folded> nested, Optional<FileLayer> file, TensorSpec input) {
            this.input = input;
            this.name = name;
            this.first = first;
            this.nested = nested;
            this.file = file;
        }

        String name() {
            return name;
        }

        /** The node of the first call; of a nested model any node of it. */
        Node first() {
            return first;
        }

        Optional<Folded> nested() {
            return nested;
        }

        /** Its original text in the file. */
        Optional<FileLayer> file() {
            return file;
        }

        List<Call> calls() {
            return calls;
        }

        boolean isInput() {
            return calls.isEmpty();
        }

        /** The shape and type of the input of a nested model. */
        TensorSpec input() {
            return input;
        }
    }

    /** A call: the node that makes it (of a nested model any node of that call), and what it reads. */
    record Call(Node node, List<Place> inputs) {}
}
