package org.netsplice.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.kind.Trained;
import org.netsplice.ops.Array;

/** Computes the steps of a {@link Submodel} one after the other. */
final class SubmodelRun {
    private SubmodelRun() {}

    /** Computes one step. */
    interface Stepping {
        /** The results of a layer for these inputs, masks and weights. */
        Trained of(ComputedLayer layer, List<Array> inputs, List<Optional<Array>> masks, List<Array> weights);
    }

    /** The results of all steps; weights that a step renewed are used by later steps of the same layer. */
    static Trained of(
            Submodel model, List<Array> inputs, List<Optional<Array>> masks, List<Array> weights, Stepping stepping) {
        List<TensorSpec> specs = Shapes.of(inputs);
        Map<String, List<Array>> own = new LinkedHashMap<>();
        Map<String, Integer> starts = new LinkedHashMap<>();
        Map<Integer, Array> renewed = new LinkedHashMap<>();
        int at = 0;
        for (Map.Entry<String, List<WeightSpec>> entry : model.byPath(specs).entrySet()) {
            own.put(
                    entry.getKey(),
                    new ArrayList<>(weights.subList(at, at + entry.getValue().size())));
            starts.put(entry.getKey(), at);
            at += entry.getValue().size();
        }
        List<List<Array>> results = new ArrayList<>();
        TravellingMasks<Submodel.Place, Array> travelling = new TravellingMasks<>();
        for (int i = 0; i < masks.size(); i++) {
            travelling.put(new Submodel.Place(-1, i), masks.get(i));
        }
        for (Submodel.Step step : model.steps()) {
            List<Array> given = Submodel.read(step.inputs(), inputs, results);
            List<Optional<Array>> seen = travelling.of(step.inputs());
            Trained trained = stepping.of(step.layer(), given, seen, own.get(step.path()));
            results.add(trained.outputs());
            trained.renewed().forEach((index, array) -> {
                renewed.put(starts.get(step.path()) + index, array);
                own.get(step.path()).set(index, array);
            });
            MaskRule rule = step.layer().masks();
            boolean masked = rule.gives(seen.stream().map(Optional::isPresent).toList());
            Optional<Array> mask = masked ? Optional.of(rule.mask(given, seen)) : Optional.empty();
            travelling.after(step.layer(), step.inputs(), new Submodel.Place(results.size() - 1, 0), mask);
        }
        return new Trained(Submodel.read(model.outputs(), inputs, results), renewed);
    }
}
