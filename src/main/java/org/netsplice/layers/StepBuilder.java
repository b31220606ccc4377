package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.netsplice.config.Json;
import org.netsplice.layers.Submodel.Place;
import org.netsplice.layers.Submodel.Step;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.SnakeCase;

/** Builds the steps of {@link WrittenAsSteps} from Keras' operations. */
final class StepBuilder {
    private static final String MULTIPLY = "Multiply";

    private StepBuilder() {}

    /** A step that applies an operation to one tensor. */
    static Step step(String operation, Map<String, Object> config, Place input) {
        ComputedLayer layer = Layers.kind("ops." + operation).orElseThrow().read(Json.of(config));
        return new Step(layer, List.of(input), SnakeCase.of(operation));
    }

    /** A step that multiplies a tensor by a number. */
    static Step scaled(Place input, double factor) {
        Map<String, Object> call = Map.of("x1", Arguments.input(0), "x2", factor);
        return step(MULTIPLY, Map.of(Kind.CALL, call), input);
    }

    /** The model that adds up all products among some steps. */
    static Submodel added(List<Step> steps) {
        List<Step> all = new ArrayList<>(steps);
        List<Integer> parts = IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).layer().className().equals(MULTIPLY))
                .boxed()
                .toList();
        int sum = parts.get(0);
        for (int part : parts.subList(1, parts.size())) {
            ComputedLayer add = Layers.kind("ops.Add").orElseThrow().read(Json.of(Map.of()));
            all.add(new Step(add, List.of(new Place(sum, 0), new Place(part, 0)), "add"));
            sum = all.size() - 1;
        }
        return new Submodel(all, List.of(new Place(sum, 0)), Json.of(Map.of()));
    }
}
