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

/** Steps of Keras' operations for kinds that Keras does not have. */
final class Sums {
    private static final String MULTIPLY = "Multiply";

    private Sums() {}

    /** An operation of one tensor. */
    static Step step(String operation, Map<String, Object> config, Place input) {
        ComputedLayer layer = Layers.kind("ops." + operation).orElseThrow().read(Json.of(config));
        return new Step(layer, List.of(input), SnakeCase.of(operation));
    }

    /** A tensor times a number. */
    static Step scaled(Place input, double factor) {
        Map<String, Object> call = Map.of("x1", Arguments.input(0), "x2", factor);
        return step(MULTIPLY, Map.of(Kind.CALL, call), input);
    }

    /** The sum of all products among some steps. */
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
