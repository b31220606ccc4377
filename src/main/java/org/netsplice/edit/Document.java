package org.netsplice.edit;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.netsplice.graph.Graph;
import org.netsplice.graph.GroupId;

/**
 * Everything the user works on, as a value.
 *
 * @param name what the merged model is called; any text without a slash
 * @param seed the initial weights of new layers are drawn from it
 * @param nextId the next number for a node, group or weights; numbers are never used twice
 * @param origins the file each network came from, for people; never opened again unasked
 * @param kept what those files said beyond the graph
 */
public record Document(
        String name,
        Graph graph,
        Placement placement,
        long seed,
        long nextId,
        Map<GroupId, String> origins,
        Kept kept) {
    /** A new document. */
    public static final Document EMPTY =
            new Document("merged model", Graph.EMPTY, Placement.EMPTY, 0, 1, Map.of(), Kept.NOTHING);

    public Document {
        origins = Collections.unmodifiableMap(new TreeMap<>(origins));
        placement = placement.of(graph.groups().keySet());
    }

    /** The same document with another graph; numbers of optimizers go where their layers have other weights. */
    public Document with(Graph other) {
        return new Document(name, other, placement, seed, nextId, origins, kept.following(graph, other));
    }

    /** The same document with another placement. */
    public Document with(Placement other) {
        return new Document(name, graph, other, seed, nextId, origins, kept);
    }

    /** The same document with another next number, which must be above every number in use. */
    public Document withNextId(long other) {
        return new Document(name, graph, placement, seed, other, origins, kept);
    }

    /** The same document with other origins of its networks. */
    public Document withOrigins(Map<GroupId, String> others) {
        return new Document(name, graph, placement, seed, nextId, others, kept);
    }

    /** The same document with other words of files. */
    public Document withKept(Kept other) {
        return new Document(name, graph, placement, seed, nextId, origins, other);
    }

    /** The same document under another name. */
    public Document withName(String other) {
        return new Document(other, graph, placement, seed, nextId, origins, kept);
    }

    /** The same document with another seed for new weights. */
    public Document withSeed(long other) {
        return new Document(name, graph, placement, other, nextId, origins, kept);
    }
}
