package org.netsplice.keras;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.edit.Document;
import org.netsplice.edit.Kept;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightsId;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;

/**
 * Loss, metrics and optimizer of the network that a document is, as far as they still belong to it.
 *
 * @param config the {@code compile_config}
 * @param state the numbers of the optimizer in its order
 * @param notes what the file had but is not written, and why
 */
record TrainingWords(Optional<Json> config, List<Tensor> state, List<Problem> notes) {

    /**
     * The configuration, as far as it is still true.
     *
     * @param trained the layers that training changes now, in order
     */
    static TrainingWords of(Document document, LayerNames names, List<WeightsId> trained) {
        Optional<Kept.Training> kept = names.network().map(document.kept().trainings()::get);
        return kept.map(training -> of(training, document.graph(), trained))
                .orElse(new TrainingWords(Optional.empty(), List.of(), List.of()));
    }

    private static TrainingWords of(Kept.Training training, Graph graph, List<WeightsId> trained) {
        if (training.config().isEmpty()) {
            return none(training.missing());
        }
        if (!graph.outputs().stream().map(graph::outputName).toList().equals(training.outputs())) {
            return none("the outputs are others than those it was trained with");
        }
        Optional<Json> config = parsed(training.config());
        if (config.isEmpty()) {
            return none("they have been changed in the file");
        }
        if (!training.missing().isEmpty()) {
            return without(config, training.missing());
        }
        if (!training.state().isEmpty() && !trained.equals(training.layers())) {
            return without(config, "other layers are trained now");
        }
        return new TrainingWords(config, training.state(), List.of());
    }

    private static Optional<Json> parsed(String text) {
        try {
            return Optional.of(JsonReader.parse(text.getBytes(StandardCharsets.UTF_8), "", ""))
                    .filter(Json::isObject);
        } catch (ModelException changed) {
            return Optional.empty();
        }
    }

    private static TrainingWords none(String reason) {
        return new TrainingWords(
                Optional.empty(),
                List.of(),
                List.of(KerasFile.note("loss, metrics and optimizer are not written: " + reason)));
    }

    private static TrainingWords without(Optional<Json> config, String reason) {
        return new TrainingWords(
                config, List.of(), List.of(KerasFile.note("the state of the optimizer is not written: " + reason)));
    }
}
