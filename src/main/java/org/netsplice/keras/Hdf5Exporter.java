package org.netsplice.keras;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.netsplice.config.Json;
import org.netsplice.container.AtomicFile;
import org.netsplice.edit.Document;
import org.netsplice.format.Exporter;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Printable;
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
        return "Keras model, HDF5";
    }

    @Override
    public List<Problem> write(Document document, Path path, Progress progress) {
        progress.at(0, "Preparing " + path.getFileName());
        KerasFile model = KerasFile.of(document);
        Optional<ModelException.CannotExport> trouble = HdfTrouble.of(model.model());
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        TrainingWords training = model.training();
        String config = Json.of(model.architecture(true)).toString();
        String compiled = training.config()
                .map(words -> Json.of(Trained.training(words)).toString())
                .orElse("");
        Map<String, List<KerasFile.Named>> layers = model.byLayer();
        Stream.concat(
                        layers.keySet().stream(),
                        layers.values().stream().flatMap(List::stream).map(KerasFile.Named::name))
                .filter(name -> !HdfWriter.fits(name))
                .findFirst()
                .ifPresent(name -> {
                    throw tooLong(path, name);
                });
        progress.at(0.3, "Writing " + path.getFileName());
        HdfWriter file = HdfWriter.of(writer -> {
            content(writer, config, layers);
            if (!compiled.isEmpty()) {
                writer.attribute("", "training_config", compiled);
                optimizer(writer, training.state());
            }
        });
        AtomicFile.write(path, file::write);
        return model.notes();
    }

    private static ModelException.CannotExport tooLong(Path path, String name) {
        return new ModelException.CannotExport(Problem.error(
                new Where.InFile(path.toString(), ""),
                String.format(
                        Locale.ROOT,
                        "the name \"%s\" is too long for an .h5 file, where names have at most %,d bytes",
                        Printable.name(name),
                        HdfWriter.LONGEST_LIST),
                "Write a .keras file, or give the layer a shorter name."));
    }

    private static void optimizer(HdfWriter writer, List<Tensor> state) {
        if (state.isEmpty()) {
            return;
        }
        List<String> names =
                IntStream.range(0, state.size()).mapToObj(i -> "optimizer/" + i).toList();
        writer.attribute(NamedWeights.OPTIMIZER, "weight_names", names);
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
        writer.attribute(WEIGHTS, "layer_names", List.copyOf(layers.keySet()));
        layers.forEach((layer, named) -> {
            String group = WEIGHTS + "/" + layer;
            writer.attribute(
                    group,
                    "weight_names",
                    named.stream().map(KerasFile.Named::name).toList());
            named.forEach(one -> writer.tensor(group + "/" + one.name(), one.tensor()));
        });
    }
}
