package org.netsplice.editor.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.MarkOutput;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.graph.DType;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.LayerNotation;
import org.netsplice.predict.ImageReading;
import org.netsplice.predict.Inputs;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** A chain predicts what the second network predicts from the predictions of the first. */
class ChainPlanTest {

    private static OpenNetwork network(String path) {
        return Fixtures.FORMATS
                .open(Fixtures.path(path), Optional.empty(), Progress.NONE)
                .edit("");
    }

    /** A network whose layers are appended one behind the other, each an output. */
    private static OpenNetwork made(String name, Shape shape, DType dtype, String... layers) {
        Document document =
                new AddLayer(new InputLayer(shape, dtype), "in", List.of(), Optional.empty()).apply(Document.EMPTY);
        NodeId last = document.graph().inputs().get(0);
        List<Port> all = new ArrayList<>();
        for (String text : layers) {
            LayerNotation.Named layer = LayerNotation.parse(text, Where.NOWHERE);
            NodeId next = AddLayer.added(document);
            document =
                    new AddLayer(layer.layer(), layer.name(), List.of(Port.of(last)), Optional.empty()).apply(document);
            last = next;
            all.add(Port.of(next));
        }
        document = new MarkOutput(Port.of(last), false).apply(document);
        for (Port port : all) {
            document = new MarkOutput(port, true).apply(document);
        }
        return new OpenNetwork(document.graph(), name, "", "");
    }

    private static Map<String, Tensor> predict(Document document, Map<String, Tensor> data) {
        return Compiler.compile(document, Progress.NONE).predict(data, 32, Progress.NONE);
    }

    private static Document alone(OpenNetwork network) {
        return network.apply(Document.EMPTY);
    }

    @Test
    void predictionsAreThoseOfOneBehindTheOther() {
        OpenNetwork first = network("digits/cnn_a/model.keras");
        OpenNetwork second = network("tabular/cancer_left/model.keras");
        Tensor digits = Fixtures.npy("digits/X_test.npy").rows(0, 40);
        Tensor between = predict(alone(first), Map.of("digit", digits)).get("probabilities");
        Tensor expected =
                predict(alone(second), Map.of("mean_features", between)).get("left_out");
        Document chain = new ChainPlan(first, second, List.of(), List.of(), "both").carryOut();
        assertThat(chain.name()).isEqualTo("both");
        Map<String, Tensor> results = predict(chain, Map.of("digit", digits));
        assertThat(results).containsOnlyKeys("left_out");
        assertThat(Difference.largest(expected, results.get("left_out"))).isLessThan(1e-6);
    }

    @Test
    void anOutputIsChosenAndTheOthersStay() {
        OpenNetwork first = made(
                "encoder", Shape.of(Shape.UNKNOWN, 3), DType.FLOAT32, "Dense(units=4, name=code)", "ReLU(name=kept)");
        OpenNetwork second = made("judge", Shape.of(Shape.UNKNOWN, 4), DType.FLOAT32, "Rescaling(scale=2, name=out)");
        Document chain = new ChainPlan(first, second, List.of("code"), List.of("in"), "both").carryOut();
        CompiledNetwork network = Compiler.compile(chain, Progress.NONE);
        assertThat(network.outputNames()).containsExactly("kept", "out");
        Map<String, Tensor> data = new Inputs(network.inputs(), ImageReading.UNIT).random(5, 1);
        Map<String, Tensor> results = network.predict(data, 5, Progress.NONE);
        Map<String, Tensor> expected = new LinkedHashMap<>(predict(alone(first), data));
        for (int i = 0; i < results.get("out").length(); i++) {
            assertThat(results.get("out").at(i))
                    .isEqualTo(2 * expected.get("code").at(i));
        }
    }

    @Test
    void numbersAreCastToTheTypeOfTheInput() {
        OpenNetwork first = made("scores", Shape.of(Shape.UNKNOWN, 3), DType.FLOAT32, "Rescaling(scale=9, name=ids)");
        OpenNetwork second =
                made("lookup", Shape.of(Shape.UNKNOWN, 3), DType.INT32, "Embedding(input_dim=9, output_dim=2)");
        Document chain = new ChainPlan(first, second, List.of(), List.of(), "both").carryOut();
        assertThat(chain.graph().nodes().values())
                .extracting(node -> node.layer().className())
                .containsExactly("InputLayer", "Rescaling", "Embedding", "Cast");
    }

    @Test
    void whatIsNotThereOrNotChosenIsRefusedWithTheNames() {
        OpenNetwork first =
                made("encoder", Shape.of(Shape.UNKNOWN, 3), DType.FLOAT32, "ReLU(name=code)", "ReLU(name=kept)");
        OpenNetwork second = made("judge", Shape.of(Shape.UNKNOWN, 4), DType.FLOAT32, "ReLU(name=out)");
        refused(
                new ChainPlan(first, second, List.of(), List.of(), "x"),
                "--from: encoder has 2 outputs",
                "Name one with --from. The outputs of encoder are code, kept.");
        refused(
                new ChainPlan(first, second, List.of("cod"), List.of(), "x"),
                "--from: encoder has no output \"cod\"",
                "The outputs of encoder are code, kept.");
        refused(
                new ChainPlan(first, second, List.of("code"), List.of("x"), "x"),
                "--to: judge has no input \"x\"",
                "The inputs of judge are in.");
        refused(
                new ChainPlan(first, second, List.of("code", "kept"), List.of("in"), "x"),
                "--from: 2 of the outputs and 1 of the inputs are named",
                "Name one input with --to for each output named with --from.");
        refused(
                new ChainPlan(first, second, List.of("code"), List.of(), "x"),
                "judge_in: needs (None, 4), but code gives (None, 3)",
                "Put a layer between them that changes the shape, such as Dense, Reshape or a pooling layer.");
    }

    private static void refused(ChainPlan plan, String what, String remedy) {
        assertThatThrownBy(plan::carryOut).isInstanceOfSatisfying(ModelException.EditRefused.class, refusal -> {
            assertThat(refusal.problem().line()).isEqualTo(what);
            assertThat(refusal.problem().remedy()).isEqualTo(remedy);
        });
    }
}
