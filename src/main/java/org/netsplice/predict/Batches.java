package org.netsplice.predict;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/**
 * The rows of all inputs of a network, batch by batch: an array for every input by its name, all with as many rows. One batch is held
 * beside the one that was given away last. The first batch is given even when it has no rows.
 */
public final class Batches implements Iterator<Map<String, Tensor>>, AutoCloseable {
    private final Map<String, RowSource> sources;
    private final int size;
    private Map<String, Tensor> ahead;
    private boolean started;
    private long given;

    /**
     * Batches of these sources, which are closed with them.
     *
     * @param sources in the order of the network's inputs
     * @param size rows of a batch, at least 1; the last has fewer
     * @throws org.netsplice.problem.ModelException.CannotPredict when it is known already that one has more rows than another
     */
    Batches(Map<String, RowSource> sources, int size) {
        this.sources = new LinkedHashMap<>(sources);
        this.size = size;
        Map<String, Long> known = new LinkedHashMap<>();
        sources.forEach((name, source) -> {
            if (source.shape().size(0) != Shape.UNKNOWN) {
                known.put(name, source.shape().size(0));
            }
        });
        CompiledNetwork.requireSameRows(known);
    }

    /** Batches of arrays that are held anyway, with the same number of rows. */
    public static Batches of(Map<String, Tensor> data, int size) {
        Map<String, RowSource> sources = new LinkedHashMap<>();
        data.forEach((name, tensor) -> sources.put(name, RowSource.of(tensor)));
        return new Batches(sources, size);
    }

    @Override
    public boolean hasNext() {
        if (ahead == null) {
            ahead = read();
        }
        return !started
                || ahead.values().stream().anyMatch(tensor -> tensor.shape().size(0) > 0);
    }

    @Override
    public Map<String, Tensor> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Map<String, Tensor> next = ahead;
        ahead = null;
        started = true;
        given += next.values().stream()
                .mapToLong(tensor -> tensor.shape().size(0))
                .findFirst()
                .orElse(0);
        return next;
    }

    private Map<String, Tensor> read() {
        Map<String, Tensor> batch = new LinkedHashMap<>();
        sources.forEach((name, source) -> batch.put(name, source.next(size)));
        long most = batch.values().stream()
                .mapToLong(tensor -> tensor.shape().size(0))
                .max()
                .orElse(0);
        if (batch.values().stream().anyMatch(tensor -> tensor.shape().size(0) < most)) {
            CompiledNetwork.requireSameRows(counted(batch));
        }
        return batch;
    }

    /** How many rows each source has, where one of them has ended with this batch. */
    private Map<String, Long> counted(Map<String, Tensor> last) {
        Map<String, Long> rows = new LinkedHashMap<>();
        sources.forEach((name, source) -> {
            long own = given;
            for (Tensor part = last.get(name); part.shape().size(0) > 0; part = source.next(size)) {
                own += part.shape().size(0);
            }
            rows.put(name, own);
        });
        return rows;
    }

    /** How many rows have been given away. */
    public long given() {
        return given;
    }

    /** The share of the rows that has been read, 0 to 1. */
    public double done() {
        return sources.values().stream().mapToDouble(RowSource::done).min().orElse(1);
    }

    @Override
    public void close() {
        sources.values().forEach(RowSource::close);
    }
}
