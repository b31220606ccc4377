package org.netsplice.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Array;
import org.netsplice.ops.Broadcasting;

/**
 * Learned numbers that are the same for every row, such as positions of a transformer: {@code Constant(shape=[4, 3])} gives (None, 4, 3). Its
 * input says only how many rows there are.
 */
public record Constant(List<Integer> shape) implements WrittenAsSteps {
    static final Kind<Constant> KIND = Kind.of(
                    "Constant",
                    Constant.class,
                    Kind.Family.CORE,
                    "Learned numbers, the same for every row; its input only says how many rows there are.",
                    new Kind.Example("shape=[4, 3]", "(None, 5)"))
            .settings(Setting.integers("shape", List.of(1), 1, "Sizes of the numbers without the batch."))
            .requires("shape")
            .notInKeras()
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    private long[] single() {
        return Shape.of(1).plus(Shape.of(sizes())).sizes();
    }

    private long[] sizes() {
        return shape.stream().mapToLong(Integer::longValue).toArray();
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        return Shapes.floats(Shape.of(Shapes.atLeast(inputs, 1).size(0)).plus(Shape.of(sizes())));
    }

    @Override
    public boolean sumsNothing() {
        return true;
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        return List.of(WeightSpec.trainable("value", Initial.ZEROS, single()));
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        long[] whole = Shape.of(inputs.get(0).size(0)).plus(Shape.of(sizes())).sizes();
        return List.of(Broadcasting.to(weights.get(0), whole));
    }

    /** A dense layer that multiplies the numbers by 1, which is made of the first value of each row. */
    @Override
    public Optional<Submodel> inKeras(List<TensorSpec> inputs) {
        Map<String, Object> bounds = new LinkedHashMap<>();
        List.of("start", "stop", "step").forEach(bound -> bounds.put(bound, null));
        Object all = Map.of("class_name", "__slice__", "config", bounds);
        List<Object> key = new ArrayList<>(List.of(all));
        key.addAll(Collections.nCopies(inputs.get(0).shape().rank() - 1, 0));
        key.add(null);
        String letters = "cdefghijklmnopqrstuvwxyz".substring(0, shape.size());
        return Optional.of(Submodel.chain(
                operation("GetItem", Map.of(Kind.CALL, Map.of("x", Arguments.input(0), "key", key))),
                operation("OnesLike", Map.of("dtype", "float32")),
                new EinsumDense("ab,b" + letters + "->a" + letters, shape, Optional.empty(), Activation.LINEAR)));
    }

    private static ComputedLayer operation(String name, Map<String, Object> config) {
        return Layers.kind("ops." + name).orElseThrow().read(Json.of(config));
    }
}
