package org.netsplice.layers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;

/** Writes the steps of a {@link Submodel} in ONNX one after the other. */
final class OnnxSubmodel {
    private OnnxSubmodel() {}

    static List<OnnxValue> write(
            Submodel model,
            OnnxBuilder onnx,
            List<OnnxValue> inputs,
            List<Optional<OnnxValue>> masks,
            List<OnnxValue> weights) {
        List<TensorSpec> specs =
                inputs.stream().map(x -> TensorSpec.of(x.shape())).toList();
        Map<String, List<OnnxValue>> own = new LinkedHashMap<>();
        int at = 0;
        for (Map.Entry<String, List<WeightSpec>> entry : model.byPath(specs).entrySet()) {
            own.put(entry.getKey(), weights.subList(at, at + entry.getValue().size()));
            at += entry.getValue().size();
        }
        List<List<OnnxValue>> results = new ArrayList<>();
        TravellingMasks<Submodel.Place, OnnxValue> travelling = new TravellingMasks<>();
        for (int i = 0; i < masks.size(); i++) {
            travelling.put(new Submodel.Place(-1, i), masks.get(i));
        }
        for (Submodel.Step step : model.steps()) {
            List<OnnxValue> given = Submodel.read(step.inputs(), inputs, results);
            List<Optional<OnnxValue>> seen = travelling.of(step.inputs());
            results.add(step.layer().write(onnx, given, seen, own.get(step.path())));
            MaskRule rule = step.layer().masks();
            boolean masked = rule.gives(seen.stream().map(Optional::isPresent).toList());
            Optional<OnnxValue> mask = masked ? Optional.of(rule.write(onnx, given, seen)) : Optional.empty();
            travelling.after(step.layer(), step.inputs(), new Submodel.Place(results.size() - 1, 0), mask);
        }
        return Submodel.read(model.outputs(), inputs, results);
    }
}
