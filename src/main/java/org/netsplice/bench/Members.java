package org.netsplice.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.Node;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Tensor;
import org.netsplice.work.Progress;

/** Finds the networks that a document joins, and asks each of them. */
public final class Members {
    private Members() {}

    /**
     * The output of each opened network that something outside of it reads, by the name of the network; none when fewer than two are
     * joined. A network that is read at several ports counts with the last of them in the order of the graph.
     */
    public static Map<String, Port> of(Document document) {
        Graph graph = document.graph();
        Map<Group, Port> joined = new LinkedHashMap<>();
        for (Group group : graph.groups().values()) {
            if (group.parent().isEmpty() && group.kind() == Group.Kind.NETWORK) {
                outputs(graph, group).forEach(port -> joined.put(group, port));
            }
        }
        Map<String, Port> members = new LinkedHashMap<>();
        if (joined.size() > 1) {
            joined.forEach((group, port) -> members.put(free(group.name(), members), port));
        }
        return members;
    }

    /** The ports of a network's layers, other than inputs, that layers outside of it read; in the order of the graph. */
    private static List<Port> outputs(Graph graph, Group network) {
        List<Node> own = graph.nodesIn(network.id());
        Set<Node> inside = new HashSet<>(own);
        List<Port> ports = new ArrayList<>();
        for (Node node : own) {
            for (Node reader : graph.readers(node.id())) {
                if (!inside.contains(reader) && !node.isInput()) {
                    reader.inputs().stream()
                            .filter(port -> port.node().equals(node.id()))
                            .forEach(ports::add);
                }
            }
        }
        return ports;
    }

    private static String free(String name, Map<String, Port> taken) {
        String candidate = name;
        for (int i = 2; taken.containsKey(candidate); i++) {
            candidate = name + " (" + i + ")";
        }
        return candidate;
    }

    /**
     * What each network that a document joins gives by itself, by its name.
     *
     * @param data of the inputs of the document, by their names, rows first
     * @param batch rows computed together
     * @throws org.netsplice.problem.ModelException.CannotPredict when the data does not fit
     */
    public static Map<String, Tensor> predict(
            Document document, Map<String, Tensor> data, int batch, Progress progress) {
        Map<String, String> names = new LinkedHashMap<>();
        CompiledNetwork network = Compiler.compile(withOutputs(document, of(document), names), progress.part(0, 0.1));
        Map<String, Tensor> all = network.predict(data, batch, progress.part(0.1, 1));
        Map<String, Tensor> own = new LinkedHashMap<>();
        names.forEach((member, output) -> own.put(member, all.get(output)));
        return own;
    }

    /**
     * The document with more outputs, so that one run predicts what it and its members say.
     *
     * @param members ports by the name of the member
     * @param names filled with the name of the output of each member, which no other output has
     */
    static Document withOutputs(Document document, Map<String, Port> members, Map<String, String> names) {
        Graph graph = document.graph();
        List<Output> outputs = new ArrayList<>(graph.outputs());
        Set<String> taken = new HashSet<>();
        outputs.forEach(output -> taken.add(graph.outputName(output)));
        members.forEach((member, port) -> {
            String name = member;
            while (!taken.add(name)) {
                name += "'";
            }
            names.put(member, name);
            outputs.add(new Output(port, name));
        });
        return new Document(
                document.name(),
                graph.withOutputs(outputs),
                document.placement(),
                document.seed(),
                document.nextId(),
                document.origins(),
                document.kept());
    }
}
