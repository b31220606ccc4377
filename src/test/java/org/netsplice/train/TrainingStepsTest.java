package org.netsplice.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;

/**
 * Losses, their gradients, and the steps of optimizers beside Keras', computed in float64; and gradients beside differences. Steps are
 * compared less exactly, because Keras rounds the settings of optimizers to float32.
 */
class TrainingStepsTest {

    private static Json goldens() throws IOException {
        try (InputStream in = TrainingStepsTest.class.getResourceAsStream("/train/training_steps.json")) {
            return JsonReader.parse(in.readAllBytes(), "training_steps.json", "");
        }
    }

    private static double[] numbers(Json list) {
        return list.items().stream().mapToDouble(Json::number).toArray();
    }

    @TestFactory
    Stream<DynamicTest> lossesEqualKeras() throws IOException {
        List<Json> cases = goldens().get("losses").items();
        assertThat(cases).hasSize(23);
        return cases.stream().map(one -> {
            Loss loss = new Loss(
                    Loss.Kind.named(one.get("loss").text()).orElseThrow(),
                    one.get("scores").flag(),
                    one.get("smoothing").number());
            return DynamicTest.dynamicTest(loss.toString(), () -> checkLoss(loss, one));
        });
    }

    private static void checkLoss(Loss loss, Json one) {
        int width = (int) one.get("width").integer();
        double[] targets = numbers(one.get("targets"));
        double[] predictions = numbers(one.get("predictions"));
        double[] weights = Arrays.stream(numbers(one.get("weights")))
                .map(weight -> weight * width / predictions.length)
                .toArray();
        double[] losses = loss.of(predictions, width, targets);
        double sum = 0;
        for (int i = 0; i < losses.length; i++) {
            sum += weights[i] * losses[i];
        }
        assertThat(sum).isCloseTo(one.get("value").number(), within(1e-9));
        assertThat(loss.gradient(predictions, width, targets, weights))
                .containsExactly(numbers(one.get("gradient")), within(1e-9));
    }

    @TestFactory
    Stream<DynamicTest> stepsEqualKeras() throws IOException {
        Map<String, Descent> descents = new LinkedHashMap<>();
        Schedule constant = new Schedule.Constant(0.01);
        descents.put("sgd", new Descent(Optimizer.named("sgd").orElseThrow(), constant));
        descents.put("momentum", new Descent(new Optimizer.Sgd(0.9, false), constant));
        descents.put("nesterov", new Descent(new Optimizer.Sgd(0.9, true), constant));
        descents.put("adam", new Descent(Optimizer.named("Adam").orElseThrow(), constant));
        descents.put("adamw", new Descent(Optimizer.named("adamw").orElseThrow(), constant));
        descents.put("rmsprop", new Descent(Optimizer.named("rmsprop").orElseThrow(), constant));
        descents.put("rmsprop momentum", new Descent(new Optimizer.RmsProp(0.9, 0.5), constant));
        descents.put("nadam", new Descent(Optimizer.named("nadam").orElseThrow(), constant));
        descents.put(
                "adam exponential", new Descent(Optimizer.Adam.STANDARD, new Schedule.ExponentialDecay(0.02, 5, 0.8)));
        descents.put("sgd cosine", new Descent(new Optimizer.Sgd(0, false), new Schedule.CosineDecay(0.02, 8, 0.1)));
        Json all = goldens();
        assertThat(all.get("steps").keys()).containsExactlyElementsOf(descents.keySet());
        return descents.entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(
                        entry.getKey(),
                        () -> checkSteps(entry.getValue(), all, all.get("steps").get(entry.getKey()))));
    }

    private static void checkSteps(Descent descent, Json all, Json golden) {
        double[] weights = numbers(all.get("start"));
        List<Json> gradients = all.get("gradients").items();
        assertThat(gradients).hasSize(12);
        for (int step = 0; step < gradients.size(); step++) {
            descent.step(List.of(weights), List.of(numbers(gradients.get(step))));
            assertThat(weights)
                    .as("after step %d", step + 1)
                    .containsExactly(numbers(golden.items().get(step)), within(1e-6));
        }
    }

    @Property(tries = 300)
    void gradientsEqualDifferences(@ForAll Loss.Kind kind, @ForAll boolean fromScores, @ForAll long seed) {
        Random random = new Random(seed);
        int width = 1 + random.nextInt(4);
        int items = 1 + random.nextInt(3);
        Loss loss = new Loss(kind, kind.crossEntropy() && fromScores, random.nextDouble() / 2);
        double[] predictions = random.doubles((long) items * width, 0.05, 0.95).toArray();
        double[] targets = kind == Loss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY
                ? random.ints(items, 0, width).asDoubleStream().toArray()
                : random.doubles((long) items * width, 0.01, 1).toArray();
        double[] weights = random.doubles(items, 0, 2).toArray();
        double[] gradient = loss.gradient(predictions, width, targets, weights);
        double step = 1e-5;
        for (int i = 0; i < predictions.length; i++) {
            double[] moved = predictions.clone();
            moved[i] += step;
            double above = weighted(loss.of(moved, width, targets), weights);
            moved[i] -= 2 * step;
            double difference = (above - weighted(loss.of(moved, width, targets), weights)) / (2 * step);
            boolean bent = kind == Loss.Kind.MEAN_ABSOLUTE_ERROR && Math.abs(predictions[i] - targets[i]) < 2 * step;
            assertThat(bent || Math.abs(gradient[i] - difference) < 1e-4 * (1 + Math.abs(difference)))
                    .as("%s: %s beside %s", loss, gradient[i], difference)
                    .isTrue();
        }
    }

    private static double weighted(double[] losses, double... weights) {
        double sum = 0;
        for (int i = 0; i < losses.length; i++) {
            sum += weights[i] * losses[i];
        }
        return sum;
    }

    @Test
    void namesAreThoseOfKeras() {
        assertThat(Loss.Kind.named("mse")).contains(Loss.Kind.MEAN_SQUARED_ERROR);
        assertThat(Loss.Kind.named("KL-divergence")).contains(Loss.Kind.KL_DIVERGENCE);
        assertThat(Loss.Kind.named("hinge")).isEmpty();
        assertThat(Optimizer.named("lion")).isEmpty();
        assertThat(Optimizer.names())
                .allSatisfy(name -> assertThat(Optimizer.named(name)).isPresent());
        assertThatThrownBy(() -> new Loss(Loss.Kind.HUBER, false, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
