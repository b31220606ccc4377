package org.netsplice.train;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.ops.Array;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** What the trained part of a network reads, for all rows: data of inputs, and results of layers that are computed once. */
final class Features {
    private final int rows;
    private final Map<Port, Tensor> values;
    private final Map<Port, Tensor> masks;

    private Features(int rows, Map<Port, Tensor> values, Map<Port, Tensor> masks) {
        this.rows = rows;
        this.values = values;
        this.masks = masks;
    }

    /** The data of inputs, by their ports. */
    static Features ofInputs(Graph graph, Map<String, Tensor> data) {
        Map<Port, Tensor> values = new HashMap<>();
        data.forEach((name, tensor) -> {
            Node node = graph.named(name).orElseThrow();
            DType type = ((InputLayer) node.layer()).dtype();
            values.put(Port.of(node.id()), type == tensor.dtype() ? tensor : tensor(array(tensor, type), type));
        });
        int rows = (int) values.values().iterator().next().shape().size(0);
        return new Features(rows, values, Map.of());
    }

    int rows() {
        return rows;
    }

    /**
     * Computes what other nodes read.
     *
     * @param before the nodes that are computed once
     * @param wanted what is kept
     * @throws ModelException.CannotPredict when results do not have a row for every row of data
     */
    Features through(
            Execution before,
            Map<WeightsId, List<Array>> weights,
            Set<Port> wanted,
            int batch,
            Graph graph,
            Progress progress) {
        Map<Port, List<Tensor>> parts = new LinkedHashMap<>();
        Map<Port, List<Tensor>> maskParts = new LinkedHashMap<>();
        Map<Port, Tensor> kept = new HashMap<>(values);
        kept.keySet().retainAll(wanted);
        for (int from = 0; from < rows && !before.nodes().isEmpty(); from += batch) {
            int[] chosen = IntStream.range(from, Math.min(rows, from + batch)).toArray();
            double done = (double) from / rows;
            String what = "Computing what is not trained, row " + (from + 1) + " of " + rows;
            progress.at(done, what);
            Execution.Values found = before.run(
                    batch(chosen),
                    weights,
                    wanted,
                    Execution.Mode.predicting(),
                    (node, outputs) -> {},
                    (fraction, node) -> progress.at(done, what));
            found.arrays().forEach((port, array) -> {
                if (!kept.containsKey(port)) {
                    requireRows(graph.node(port.node()), array, chosen.length);
                    parts.computeIfAbsent(port, key -> new ArrayList<>()).add(tensor(array));
                }
            });
            found.masks()
                    .forEach((port, mask) -> maskParts
                            .computeIfAbsent(port, key -> new ArrayList<>())
                            .add(tensor(mask)));
        }
        parts.forEach((port, list) -> kept.put(port, Tensor.joined(list)));
        Map<Port, Tensor> keptMasks = new HashMap<>();
        maskParts.forEach((port, list) -> keptMasks.put(port, Tensor.joined(list)));
        return new Features(rows, kept, keptMasks);
    }

    static void requireRows(Node node, Array array, int rows) {
        if (array.rank() == 0 || array.size(0) != rows) {
            throw new ModelException.CannotPredict(Problem.error(
                    new Where.AtNode(node.id().number(), node.name()),
                    "gives " + array + " for " + rows + " rows, so that its results belong to no row",
                    "Train a network that keeps rows apart."));
        }
    }

    /** Some rows in native memory. */
    Execution.Values batch(int... chosen) {
        return new Execution.Values(batch(values, chosen), batch(masks, chosen));
    }

    private static Map<Port, Array> batch(Map<Port, Tensor> all, int... chosen) {
        Map<Port, Array> batch = new HashMap<>();
        all.forEach((port, tensor) -> {
            List<Tensor> own = new ArrayList<>();
            for (int row : chosen) {
                own.add(tensor.rows(row, row + 1));
            }
            Tensor joined = Tensor.joined(own);
            batch.put(port, array(joined, joined.dtype()));
        });
        return batch;
    }

    private static Array array(Tensor tensor, DType type) {
        long[] sizes = tensor.shape().sizes();
        Array array = switch (tensor.dtype().form()) {
            case DOUBLE -> Array.of(tensor.toDoubles(), sizes);
            case WHOLE -> Array.of(tensor.toWholes(), sizes);
            case FLOAT -> Array.of(tensor.toArray(), sizes);
        };
        return ElementTypes.as(array, type);
    }

    private static Tensor tensor(Array array, DType type) {
        Shape shape = Shape.of(array.sizes());
        return switch (type.form()) {
            case DOUBLE -> Tensor.owning(shape, array.doubles());
            case WHOLE -> Tensor.owning(type, shape, array.wholes());
            case FLOAT -> Tensor.owning(type, shape, array.values());
        };
    }

    static Tensor tensor(Array array) {
        return tensor(
                array,
                switch (array.form()) {
                    case DOUBLE -> DType.FLOAT64;
                    case WHOLE -> DType.INT64;
                    case FLOAT -> DType.FLOAT32;
                });
    }

    /** Some of the rows. */
    Features rows(int... chosen) {
        Map<Port, Tensor> some = new HashMap<>();
        values.forEach((port, tensor) -> some.put(port, rows(tensor, chosen)));
        Map<Port, Tensor> someMasks = new HashMap<>();
        masks.forEach((port, tensor) -> someMasks.put(port, rows(tensor, chosen)));
        return new Features(chosen.length, some, someMasks);
    }

    private static Tensor rows(Tensor tensor, int... chosen) {
        return Tensor.joined(
                IntStream.of(chosen).mapToObj(row -> tensor.rows(row, row + 1)).toList());
    }
}
