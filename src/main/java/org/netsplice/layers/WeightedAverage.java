package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.config.Json;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.Codec;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Array;

/**
 * {@code sum(c · x) / sum(c)} over its inputs, one coefficient for each: (None, 10) and (None, 10) give (None, 10).
 *
 * @param coefficients empty for equal ones
 */
public record WeightedAverage(List<Double> coefficients) implements WrittenAsSteps {
    static final Kind<WeightedAverage> KIND = Kind.of(
                    "WeightedAverage",
                    WeightedAverage.class,
                    Kind.Family.MERGE,
                    "The mean of its inputs, each with its own weight.",
                    new Kind.Example("coefficients=[1, 3]", "(None, 4)", "(None, 4)"))
            .notInKeras()
            .settings(new Setting<>(
                    "coefficients",
                    List.of(),
                    "How much each input counts; they are divided by their sum.",
                    new Codec<>(
                            "one number for each input, with a sum above 0; empty for equal ones",
                            WeightedAverage::numbers,
                            value -> value)))
            .build();

    private static List<Double> numbers(Json json) {
        if (json.isNumber()) {
            return List.of(json.number());
        }
        return json.isText() && json.text().isEmpty()
                ? List.of()
                : json.items().stream().map(Json::number).toList();
    }

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public Arity arity() {
        return Arity.TWO_OR_MORE;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.KEEPS_PROBABILITIES);
    }

    @Override
    public MaskRule masks() {
        return new Merged(MaskPolicy.KERAS_3);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        if (!coefficients.isEmpty() && coefficients.size() != inputs.size()) {
            throw new Misfit(
                    "has " + coefficients.size() + " coefficients for " + inputs.size() + " inputs",
                    "Give one coefficient for each input.");
        }
        if (!coefficients.isEmpty() && !(sum() > 0)) {
            throw new Misfit("its coefficients sum to " + sum(), "Give coefficients with a sum above 0.");
        }
        return Shapes.floats(Broadcast.shape(inputs));
    }

    private double sum() {
        return coefficients.stream().mapToDouble(Double::doubleValue).sum();
    }

    @Override
    public Optional<Submodel> inKeras(List<TensorSpec> inputs) {
        List<Submodel.Step> steps = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            steps.add(StepBuilder.scaled(new Submodel.Place(-1, i), share(i, inputs.size())));
        }
        return Optional.of(StepBuilder.added(steps));
    }

    private double share(int input, int inputs) {
        return coefficients.isEmpty() ? 1.0 / inputs : coefficients.get(input) / sum();
    }

    @Override
    public Axes axes(List<TensorSpec> inputs) {
        Shape shape = outputs(inputs).get(0).shape();
        return inputs.stream().allMatch(input -> input.shape().equals(shape))
                ? Axes.broadcast(inputs, shape)
                : Axes.FIXED;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        List<Array> aligned = Broadcast.aligned(inputs);
        List<Array> weighted = new ArrayList<>();
        for (int i = 0; i < aligned.size(); i++) {
            weighted.add(Arithmetic.scale(aligned.get(i), share(i, aligned.size()), 0));
        }
        return List.of(Arithmetic.fold(weighted, Arithmetic::add));
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        int rank = inputs.stream().mapToInt(OnnxValue::rank).max().orElseThrow();
        OnnxValue sum = null;
        for (int i = 0; i < inputs.size(); i++) {
            OnnxValue part = onnx.scale(Broadcast.aligned(onnx, inputs.get(i), rank), share(i, inputs.size()), 0);
            sum = sum == null ? part : onnx.add(sum, part);
        }
        return List.of(sum);
    }
}
