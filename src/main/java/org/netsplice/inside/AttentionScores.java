package org.netsplice.inside;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;

/**
 * The scores of attention layers: how much each step of the query looks at each step of the values. Layers give them as a second output
 * where a call asks for it, and most calls do not.
 */
public final class AttentionScores {
    /** The place of the scores among the outputs of a layer that gives them. */
    public static final int PLACE = 1;

    private static final String PARAMETER = "return_attention_scores";

    private AttentionScores() {}

    /** Whether a layer gives scores when it is asked for them. */
    public static boolean offeredBy(Layer layer) {
        return layer instanceof ComputedLayer computed && computed.kind().hasParameter(PARAMETER);
    }

    /** The document in which a layer gives its scores too; the same where it does already, or has none. */
    public static Document asked(Document document, NodeId id) {
        Node node = document.graph().node(id);
        if (!offeredBy(node.layer()) || node.layer().outputCount() > PLACE) {
            return document;
        }
        ComputedLayer layer = (ComputedLayer) node.layer();
        Kind<?> kind = layer.kind();
        Map<String, Object> call = new LinkedHashMap<>();
        Json.of(kind.config(layer))
                .find(Kind.CALL)
                .ifPresentOrElse(
                        given -> given.keys()
                                .forEach(key -> call.put(key, given.find(key).orElseThrow())),
                        () -> call.putAll(
                                inOrder(kind.parameters(), node.inputs().size())));
        call.put(PARAMETER, true);
        Node asked = node.withLayer(kind.change(layer, Kind.CALL, Json.of(call)));
        return document.with(document.graph().withNode(asked));
    }

    /** Some inputs assigned to parameters as a call does that names none. */
    private static Map<String, Object> inOrder(List<Parameter> parameters, int inputs) {
        Map<String, Object> call = new LinkedHashMap<>();
        if (parameters.get(0).isList()) {
            call.put(
                    parameters.get(0).name(),
                    IntStream.range(0, inputs).mapToObj(Arguments::input).toList());
        } else {
            IntStream.range(0, inputs)
                    .forEach(index -> call.put(parameters.get(index).name(), Arguments.input(index)));
        }
        return call;
    }
}
