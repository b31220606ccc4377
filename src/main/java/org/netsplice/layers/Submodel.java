package org.netsplice.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.netsplice.config.Json;
import org.netsplice.graph.Arity;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Codec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.SnakeCase;
import org.netsplice.layers.kind.Trained;
import org.netsplice.layers.kind.TrainingPass;
import org.netsplice.ops.Array;

/**
 * A whole model as the layer inside another layer, as in {@code TimeDistributed(model)}: takes (None, 28, 28, 1) where the model does.
 *
 * @param steps the calls of the model's layers, each after those it reads
 * @param outputs where the model's outputs come from
 * @param source the model's object in the file
 */
public record Submodel(List<Step> steps, List<Place> outputs, Json source) implements ComputedLayer {

    /** An output of a step; step -1 stands for the model's inputs. */
    public record Place(int step, int output) {}

    /**
     * A call of a layer.
     *
     * @param path where Keras 3 stores the layer's weights within the model; calls with the same path share them
     */
    public record Step(ComputedLayer layer, List<Place> inputs, String path) {}

    /** The class name of a submodel. */
    public static final String NAME = "Submodel";

    static final Kind<Submodel> KIND = Kind.of(
                    NAME,
                    Submodel.class,
                    Kind.Family.INTERNAL,
                    "A model inside another layer.",
                    new Kind.Example(
                            "outputs=[[0, 0]], steps=[{\"layer\": {\"class_name\": \"Dense\", \"config\": {\"units\": 3}}, \"inputs\": [[-1, 0]], \"path\": \"layers/dense\"}]",
                            "(None, 4)"))
            .settings(
                    new Setting<List<Step>>(
                            "steps",
                            List.of(),
                            "The calls of the model's layers.",
                            new Codec<>(
                                    "steps",
                                    SubmodelText::steps,
                                    value -> value.stream()
                                            .map(SubmodelText::written)
                                            .toList())),
                    new Setting<>(
                            "outputs",
                            List.of(new Place(-1, 0)),
                            "Where the outputs come from.",
                            new Codec<>("places", SubmodelText::places, SubmodelText::numbers)),
                    Setting.json("source", "The model in the file."))
            .notInKeras()
            .costs(Costs::steps)
            .build();

    /** The configuration of a submodel. */
    public static Map<String, Object> config(List<Step> steps, List<Place> outputs, Json source) {
        return KIND.config(new Submodel(steps, outputs, source));
    }

    /** Chains layers of one input; only the last may have weights. */
    static Submodel chain(ComputedLayer... layers) {
        List<Step> steps = new ArrayList<>();
        for (ComputedLayer layer : layers) {
            steps.add(new Step(layer, List.of(new Place(steps.size() - 1, 0)), SnakeCase.of(layer.className())));
        }
        return new Submodel(steps, List.of(new Place(steps.size() - 1, 0)), Json.of(Map.of()));
    }

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    @Override
    public Arity arity() {
        int inputs = Stream.concat(steps.stream().flatMap(step -> step.inputs().stream()), outputs.stream())
                .filter(place -> place.step() < 0)
                .mapToInt(place -> place.output() + 1)
                .max()
                .orElse(1);
        return new Arity(inputs, inputs);
    }

    @Override
    public int outputCount() {
        return outputs.size();
    }

    static <T> List<T> read(List<Place> places, List<T> inputs, List<List<T>> results) {
        return places.stream()
                .map(place -> at(place.step() < 0 ? inputs : at(results, place.step()), place.output()))
                .toList();
    }

    private static <T> T at(List<T> all, int index) {
        if (index >= all.size()) {
            throw new Misfit("reads outputs that its layers do not have", "");
        }
        return all.get(index);
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        List<List<TensorSpec>> results = new ArrayList<>();
        steps.forEach(step -> results.add(step.layer().outputs(read(step.inputs(), inputs, results))));
        return read(outputs, inputs, results);
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        List<WeightSpec> specs = new ArrayList<>();
        byPath(inputs).values().forEach(specs::addAll);
        return specs;
    }

    Map<String, List<WeightSpec>> byPath(List<TensorSpec> inputs) {
        Map<String, List<WeightSpec>> specs = new LinkedHashMap<>();
        List<List<TensorSpec>> results = new ArrayList<>();
        for (Step step : steps) {
            List<TensorSpec> given = read(step.inputs(), inputs, results);
            results.add(step.layer().outputs(given));
            specs.computeIfAbsent(
                    step.path(),
                    path -> step.layer().weights(given).stream()
                            .map(spec -> spec.in(path))
                            .toList());
        }
        return specs;
    }

    @Override
    public boolean readsMasks() {
        return true;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return forward(inputs, List.of(), weights);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Optional<Array>> masks, List<Array> weights) {
        return SubmodelRun.of(
                        this,
                        inputs,
                        masks,
                        weights,
                        (layer, given, seen, own) -> Trained.of(layer.forward(given, seen, own)))
                .outputs();
    }

    @Override
    public boolean differsInTraining(boolean trainable) {
        return steps.stream().anyMatch(step -> step.layer().differsInTraining(trainable));
    }

    @Override
    public Optional<String> untrainable() {
        return steps.stream()
                .flatMap(step -> step.layer().untrainable().stream())
                .findFirst();
    }

    @Override
    public Trained forwardTraining(
            List<Array> inputs, List<Optional<Array>> masks, List<Array> weights, TrainingPass pass) {
        return SubmodelRun.of(
                this,
                inputs,
                masks,
                weights,
                (layer, given, seen, own) -> layer.forwardTraining(given, seen, own, pass));
    }

    @Override
    public List<OnnxValue> write(
            OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks, List<OnnxValue> weights) {
        return OnnxSubmodel.write(this, onnx, inputs, masks, weights);
    }
}
