package org.netsplice.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.container.AtomicFile;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.editor.Samples;
import org.netsplice.editor.figure.FigureDrawing;
import org.netsplice.editor.recipe.MergePlan;
import org.netsplice.export.FigureOptions;
import org.netsplice.export.Pictures;
import org.netsplice.export.Summary;
import org.netsplice.format.Opened;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.LayerNotation;
import org.netsplice.predict.ImageReading;
import org.netsplice.predict.Inputs;
import org.netsplice.predict.Outputs;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Does both tutorials on files and says what it did; every number it prints is computed from them. */
final class Tour {
    private final Console console;
    private final Samples samples;
    private final Path folder;

    Tour(Console console, Samples samples, Path folder) {
        this.console = console;
        this.samples = samples;
        this.folder = folder;
    }

    /** A tutorial: which models, how they are joined, and on what they are run. */
    private record Lesson(
            String title,
            String stem,
            List<Path> models,
            boolean shared,
            String merge,
            List<String> head,
            Optional<Path> headWeights,
            List<Path> data,
            Path expected) {}

    void walk() {
        lesson(new Lesson(
                "Tutorial 1: two models joined by Concatenate, with a Dense layer behind",
                "concatenate",
                samples.tutorial(),
                false,
                "Concatenate",
                List.of("Dense(units=16, activation=sigmoid, name=output_layer)"),
                Optional.of(samples.file("tutorial/head_weights.npz")),
                List.of(samples.file("tutorial/input_a.npy"), samples.file("tutorial/input_b.npy")),
                samples.file("tutorial/expected.npy")));
        lesson(new Lesson(
                "Tutorial 2: two models of one architecture averaged over a shared input",
                "average",
                samples.ensemble(),
                true,
                "Average",
                List.of(),
                Optional.empty(),
                List.of(samples.file("ensemble/images.npy")),
                samples.file("ensemble/expected.npy")));
        say("Results are in " + folder + ".");
    }

    private void lesson(Lesson lesson) {
        say(lesson.title());
        Document document = merged(lesson);
        Report report = Report.of(document.graph());
        Path summary = folder.resolve(lesson.stem() + "-summary.txt");
        String text = new Summary(report, document, new Summary.Options(false, false, 0, false)).in("text");
        AtomicFile.write(summary, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
        console.print(text);
        Path picture = folder.resolve(lesson.stem() + ".png");
        Pictures.write(
                FigureDrawing.draw(document, Set.of(), FigureOptions.WINDOW.withDpi(144), Progress.NONE),
                picture,
                Progress.NONE);
        say("  drew " + picture.getFileName());
        CompiledNetwork network = Compiler.compile(document, console.progress());
        say("  compiled a DL4J ComputationGraph with " + network.vertexCount() + " vertices");
        predict(lesson, network);
        Path file = folder.resolve(lesson.stem() + ".splice");
        console.formats().write(document, file, console.progress());
        say("  saved " + file.getFileName());
        say("");
    }

    private Document merged(Lesson lesson) {
        List<OpenNetwork> networks = lesson.models().stream()
                .map(path -> {
                    Opened opened = console.formats().open(path, Optional.empty(), console.progress());
                    Report report = Report.of(opened.asDocument().graph());
                    say(String.format(
                            Locale.ROOT,
                            "  opened %s: %d layers, %,d parameters",
                            path.getFileName(),
                            report.graph().nodes().size(),
                            report.counts().parameters()));
                    return ((Opened.Network) opened).edit("");
                })
                .toList();
        List<LayerNotation.Named> head = lesson.head().stream()
                .map(layer -> LayerNotation.parse(layer, Where.NOWHERE))
                .toList();
        say("  joined them by " + lesson.merge() + " over "
                + (lesson.shared() ? "one shared input" : "separate inputs"));
        head.forEach(layer -> say("  added " + layer.layer().className() + " \"" + layer.name() + "\""));
        return new MergePlan(
                        networks,
                        lesson.shared(),
                        Set.of(),
                        LayerNotation.parse(lesson.merge(), Where.NOWHERE).layer(),
                        head,
                        lesson.headWeights().map(file -> console.formats().weights(file, console.progress())),
                        "merged model",
                        0)
                .carryOut();
    }

    private void predict(Lesson lesson, CompiledNetwork network) {
        Inputs reader = new Inputs(network.inputs(), ImageReading.UNIT);
        Map<String, Tensor> data = new LinkedHashMap<>();
        for (int i = 0; i < lesson.data().size(); i++) {
            CompiledNetwork.Input input = network.inputs().get(i);
            data.put(input.name(), reader.one(lesson.data().get(i), input, Progress.NONE));
        }
        Map<String, Tensor> results = network.predict(data, 32, console.progress());
        Path file = folder.resolve(lesson.stem() + "-predictions.npy");
        Outputs.write(results, file);
        Tensor result = results.values().iterator().next();
        Tensor expected = reader.one(
                lesson.expected(),
                new CompiledNetwork.Input("expected", result.shape(), result.dtype()),
                Progress.NONE);
        double largest = 0;
        for (int i = 0; i < result.length(); i++) {
            largest = Math.max(largest, Math.abs((double) result.at(i) - expected.at(i)));
        }
        say(String.format(
                Locale.ROOT,
                "  predicted %s, shape %s, first value %.6f, saved %s",
                results.keySet().iterator().next(),
                result.shape(),
                result.at(0),
                file.getFileName()));
        say(String.format(Locale.ROOT, "  largest difference from what Keras computed: %.1e", largest));
    }

    private void say(String line) {
        console.print(line + "\n");
    }
}
