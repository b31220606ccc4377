package org.netsplice.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.graph.DType;
import org.netsplice.graph.Node;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Twenty steps of whole networks beside Keras': the loss of each, and every weight after it. */
class TrainingRunsTest {
    private static final Json GOLDENS = Fixtures.json(Path.of("src/test/resources/train/training_runs.json"));

    private static Document digits() {
        Document document = Fixtures.open("digits/cnn_a/model.keras");
        Node dropout = document.graph().named("dropout").orElseThrow();
        ComputedLayer layer = (ComputedLayer) dropout.layer();
        return document.with(
                document.graph().withNode(dropout.withLayer(layer.kind().change(layer, "rate", Json.of(0.0)))));
    }

    private static Tensor classes(int rows, int classes) {
        return Tensor.owning(
                DType.INT64,
                Shape.of(rows),
                LongStream.range(0, rows).map(row -> row % classes).toArray());
    }

    @Test
    void digitsBySgd() {
        check("digits sgd", digits(), Cases.digits("probabilities"), new Optimizer.Sgd(0, false), 0.05, 32);
    }

    @Test
    void digitsByAdam() {
        check("digits adam", digits(), Cases.digits("probabilities"), Optimizer.Adam.STANDARD, 0.001, 32);
    }

    @Test
    void aSequence() {
        Document document = Cases.waved(Cases.chain(
                Shape.of(Shape.UNKNOWN, 6, 3),
                "lstm:LSTM(units=5)",
                "norm:BatchNormalization()",
                "head:Dense(units=4,activation=softmax)"));
        Rows rows = Cases.rows("in", Cases.wave(1, 0.3, 160, 6, 3), "head", classes(160, 4));
        check("sequence adam", document, rows, Optimizer.Adam.STANDARD, 0.01, 8);
    }

    @Test
    void aPicture() {
        Document document = Cases.waved(Cases.chain(
                Shape.of(Shape.UNKNOWN, 4, 4, 2),
                "up:Conv2DTranspose(filters=3,kernel_size=3,strides=2,activation=relu)",
                "norm:BatchNormalization()",
                "mean:GlobalAveragePooling2D()",
                "head:Dense(units=1)"));
        Rows rows = Cases.rows("in", Cases.wave(1, 0.1, 160, 4, 4, 2), "head", Cases.wave(2, 0.7, 160, 1));
        check("picture rmsprop", document, rows, Optimizer.named("rmsprop").orElseThrow(), 0.001, 8);
    }

    private static void check(String name, Document document, Rows rows, Optimizer optimizer, double rate, int batch) {
        Json golden = GOLDENS.get(name);
        List<Json> steps = golden.get("steps").items();
        assertThat(steps).hasSize(20);
        Rows used = Cases.first(rows, 20 * batch);
        Options options = Options.STANDARD
                .withOptimizer(optimizer)
                .withRate(rate)
                .withBatch(batch)
                .withShuffled(false);
        String output = document.graph().outputName(document.graph().outputs().get(0));
        double before = 0;
        for (int count = 1; count <= steps.size(); count++) {
            int last = count;
            double[] losses = new double[1];
            Listener listener = new Listener() {
                @Override
                public boolean step(int epoch, long done, long of, Epoch.Score soFar) {
                    losses[0] = soFar.loss() * done / batch;
                    return done < (long) last * batch;
                }
            };
            Trained trained = new Trainer(document, Cases.everything(document), List.of(new Goal(output)), options)
                    .train(used, Optional.empty(), listener, Progress.NONE);
            List<Tensor> weights = Cases.weights(trained.edit().apply(document));
            Json step = steps.get(count - 1);
            assertThat(losses[0] - before)
                    .as("loss of step %d", count)
                    .isCloseTo(step.get("loss").number(), within(1e-4));
            before = losses[0];
            List<Json> lengths = step.get("lengths").items();
            assertThat(weights).hasSameSizeAs(lengths);
            for (int i = 0; i < weights.size(); i++) {
                assertThat(length(weights.get(i)))
                        .as("length of weight %d after step %d", i, count)
                        .isCloseTo(lengths.get(i).number(), within(1e-4));
            }
            if (count == steps.size()) {
                checkLast(weights, golden.get("last").items());
            }
        }
    }

    private static void checkLast(List<Tensor> weights, List<Json> golden) {
        for (int i = 0; i < weights.size(); i++) {
            List<Json> numbers = golden.get(i).items();
            for (int k = 0; k < numbers.size(); k++) {
                assertThat(weights.get(i).numberAt(k))
                        .as("number %d of weight %d", k, i)
                        .isCloseTo(numbers.get(k).number(), within(1e-4));
            }
        }
    }

    private static double length(Tensor tensor) {
        double sum = 0;
        for (double number : tensor.toDoubles()) {
            sum += number * number;
        }
        return Math.sqrt(sum);
    }
}
