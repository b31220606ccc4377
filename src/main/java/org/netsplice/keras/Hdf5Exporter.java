package org.netsplice.keras;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.config.Json;
import org.netsplice.container.AtomicFile;
import org.netsplice.edit.Document;
import org.netsplice.format.Exporter;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Writes a document as one HDF5 file in the older layout, where Keras 3 reads it back rightly. */
public final class Hdf5Exporter implements Exporter {
    private static final String WEIGHTS = "model_weights";

    @Override
    public String extension() {
        return "h5";
    }

    @Override
    public String description() {
        return "Keras, HDF5";
    }

    @Override
    public List<Problem> write(Document document, Path path, Progress progress) {
        progress.at(0, "Preparing " + path.getFileName());
        KerasFile model = KerasFile.of(document);
        Optional<ModelException.CannotExport> trouble = model.hdf5Trouble();
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        TrainingWords training = model.training();
        String config = Json.of(model.architecture(true)).toString();
        String compiled = training.config()
                .map(words -> Json.of(Trained.training(words)).toString())
                .orElse("");
        Map<String, List<KerasFile.Named>> layers = model.byLayer();
        int longest = layers.values().stream()
                .mapToInt(names ->
                        names.stream().mapToInt(named -> named.name().length()).sum())
                .max()
                .orElse(0);
        if (config.length() >= HdfWriter.LONGEST_TEXT
                || compiled.length() >= HdfWriter.LONGEST_TEXT
                || longest >= HdfWriter.LONGEST_TEXT
                || String.join("", layers.keySet()).length() >= HdfWriter.LONGEST_TEXT) {
            throw new ModelException.CannotExport(Problem.error(
                    new Where.InFile(path.toString(), ""),
                    "the architecture is too large for an .h5 file",
                    "Write a .keras file instead."));
        }
        progress.at(0.3, "Writing " + path.getFileName());
        AtomicFile.write(
                path,
                out -> out.write(HdfWriter.bytes(writer -> {
                    content(writer, config, layers);
                    if (!compiled.isEmpty()) {
                        writer.attribute("", "training_config", compiled);
                        optimizer(writer, training.state());
                    }
                })));
        return model.notes();
    }

    private static void optimizer(HdfWriter writer, List<Tensor> state) {
        if (state.isEmpty()) {
            return;
        }
        List<String> names =
                IntStream.range(0, state.size()).mapToObj(i -> "optimizer/" + i).toList();
        writer.attribute(NamedWeights.OPTIMIZER, "weight_names", names.toArray(String[]::new));
        for (int i = 0; i < state.size(); i++) {
            writer.tensor(NamedWeights.OPTIMIZER + "/" + names.get(i), state.get(i));
        }
    }

    private static void content(HdfWriter writer, String config, Map<String, List<KerasFile.Named>> layers) {
        writer.attribute("", "keras_version", KerasExporter.VERSION);
        writer.attribute("", "backend", "tensorflow");
        writer.attribute("", "model_config", config);
        writer.attribute(WEIGHTS, "keras_version", KerasExporter.VERSION);
        writer.attribute(WEIGHTS, "backend", "tensorflow");
        if (layers.isEmpty()) {
            return;
        }
        writer.attribute(WEIGHTS, "layer_names", layers.keySet().toArray(String[]::new));
        layers.forEach((layer, named) -> {
            String group = WEIGHTS + "/" + layer;
            writer.attribute(
                    group,
                    "weight_names",
                    named.stream().map(KerasFile.Named::name).toArray(String[]::new));
            named.forEach(one -> writer.tensor(group + "/" + one.name(), one.tensor()));
        });
    }
}
