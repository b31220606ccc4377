package org.netsplice.editor.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.format.Exporter;
import org.netsplice.format.Opened;
import org.netsplice.graph.Tensor;
import org.netsplice.keras.Hdf5Exporter;
import org.netsplice.keras.KerasExporter;
import org.netsplice.layers.LayerNotation;
import org.netsplice.problem.Where;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Every kind of merge, written as a Keras file and opened again, predicts the same; layers of ours become Keras' operations. */
class MergedFilesTest {
    @TempDir
    private Path folder;

    private static OpenNetwork network(String path) {
        return ((Opened.Network) Fixtures.FORMATS.open(Fixtures.path(path), Optional.empty(), Progress.NONE)).edit("");
    }

    private static Document merged(String merge) {
        return new MergePlan(
                        List.of(network("digits/cnn_a/model.keras"), network("digits/cnn_b/model.keras")),
                        true,
                        Set.of(),
                        LayerNotation.parse(merge, Where.NOWHERE).layer(),
                        List.of(LayerNotation.parse("Dense(units=3, activation=softmax, name=head)", Where.NOWHERE)),
                        Optional.empty(),
                        "merged model",
                        0)
                .carryOut();
    }

    private static Tensor predict(Document document) {
        Tensor digits = Fixtures.npy("digits/X_test.npy").rows(0, 40);
        String input = document.graph().node(document.graph().inputs().get(0)).name();
        return Compiler.compile(document, Progress.NONE)
                .predict(Map.of(input, digits), 32, Progress.NONE)
                .values()
                .iterator()
                .next();
    }

    @TestFactory
    Stream<DynamicTest> everyMergeIsReadBack() {
        return Stream.of(
                        "Concatenate",
                        "Average",
                        "Add",
                        "Subtract",
                        "Multiply",
                        "Maximum",
                        "Minimum",
                        "Dot(axes=1, normalize=true)",
                        "WeightedAverage(coefficients=[1, 3])",
                        "WeightedAverage",
                        "Vote")
                .map(merge -> DynamicTest.dynamicTest(merge, () -> {
                    Document document = merged(merge);
                    Document again = written(document, new KerasExporter());
                    assertThat(Difference.largest(predict(document), predict(again)))
                            .isLessThan(1e-6);
                    boolean ours = merge.startsWith("Weighted") || merge.equals("Vote");
                    if (ours) {
                        assertThat(again.graph().nodes().size())
                                .isGreaterThan(document.graph().nodes().size());
                    } else {
                        assertThat(again.graph().nodes().values().stream().map(node -> node.name() + node.layer()))
                                .containsExactlyInAnyOrderElementsOf(document.graph().nodes().values().stream()
                                        .map(node -> node.name() + node.layer())
                                        .toList());
                        assertThat(Difference.largest(
                                        predict(document), predict(written(document, new Hdf5Exporter()))))
                                .isLessThan(1e-6);
                    }
                }));
    }

    private Document written(Document document, Exporter exporter) {
        Path file = folder.resolve("merged." + exporter.extension());
        exporter.write(document, file, Progress.NONE);
        return Fixtures.open(file);
    }
}
