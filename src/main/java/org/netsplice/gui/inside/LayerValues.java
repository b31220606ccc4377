package org.netsplice.gui.inside;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Tensor;
import org.netsplice.gui.result.PredictedRows;
import org.netsplice.inside.AttentionScores;
import org.netsplice.inside.ClassMaps;
import org.netsplice.inside.Excerpt;
import org.netsplice.inside.Maps;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/**
 * What a layer gives for one row.
 *
 * @param outputs an array for each output of the layer, of one row
 * @param network what computed them, for the next row; empty for an input, whose values are the data
 */
record LayerValues(Wanted wanted, List<Tensor> outputs, Optional<CompiledNetwork> network) {
    LayerValues {
        outputs = List.copyOf(outputs);
    }

    /** The layer of a document that is looked at, and the row. */
    record Wanted(Document document, NodeId node, PredictedRows rows) {

        boolean isSameLayer(Wanted other) {
            return node.equals(other.node) && document.graph().equals(other.document.graph());
        }

        boolean isSame(Wanted other) {
            return isSameLayer(other) && rows.data() == other.rows.data() && rows.row() == other.rows.row();
        }

        Node layer() {
            return document.graph().node(node);
        }
    }

    /**
     * Computes the values of one row.
     *
     * @param known values of the same layer, whose network is used again
     * @throws ModelException when the data does not fit the inputs, or the layer cannot be computed
     */
    static LayerValues of(Wanted wanted, Optional<LayerValues> known, Progress progress) {
        int row = wanted.rows().row();
        Node layer = wanted.layer();
        if (layer.isInput()) {
            return new LayerValues(wanted, List.of(data(wanted, layer.name()).rows(row, row + 1)), Optional.empty());
        }
        CompiledNetwork network = known.filter(values -> values.wanted().isSameLayer(wanted))
                .flatMap(LayerValues::network)
                .orElseGet(() -> Compiler.compile(
                        Excerpt.of(AttentionScores.asked(wanted.document(), wanted.node()), List.of(wanted.node())),
                        progress));
        Map<String, Tensor> one = new LinkedHashMap<>();
        network.inputs()
                .forEach(input ->
                        one.put(input.name(), data(wanted, input.name()).rows(row, row + 1)));
        return new LayerValues(
                wanted, List.copyOf(network.predict(one, 1, progress).values()), Optional.of(network));
    }

    private static Tensor data(Wanted wanted, String input) {
        Tensor data = wanted.rows().data().get(input);
        if (data == null) {
            throw new ModelException.CannotPredict(Problem.error(
                    Where.NOWHERE, "the last prediction had no input \"" + input + "\"", "Predict again."));
        }
        return data;
    }

    /** An output as maps; scores of attention have one for each head. */
    Maps maps(int output) {
        return Maps.of(
                outputs.get(output),
                0,
                areScores(output) || ClassMaps.channelsFirst(wanted.document().graph(), wanted.layer()));
    }

    /** What an output is called beside others. */
    String name(int output) {
        return areScores(output) ? "attention scores" : "output " + (output + 1);
    }

    private boolean areScores(int output) {
        return output == AttentionScores.PLACE
                && AttentionScores.offeredBy(wanted.layer().layer());
    }
}
