package org.netsplice.layers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.SnakeCase;
import org.netsplice.ops.Array;
import org.netsplice.ops.Recurrent;

/** Cells one after the other, seen as one: the cells of {@code [GRUCell(4), LSTMCell(3)]} turn (None, 8) into (None, 3), with three states. */
public record StackedRNNCells(List<ComputedLayer> cells) implements RecurrentCell {
    static final Kind<StackedRNNCells> KIND = Kind.of(
                    "StackedRNNCells",
                    StackedRNNCells.class,
                    Kind.Family.INTERNAL,
                    "Several recurrent cells as one.",
                    new Kind.Example(
                            "cells=[{\"class_name\": \"GRUCell\", \"config\": {\"units\": 3}}]",
                            "(None, 2)",
                            "(None, 3)"))
            .settings(InnerLayers.layers("cells", List.of(GRUCell.KIND.standard()), "The cells, the first one first."))
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    private RecurrentCell cell(int index) {
        return (RecurrentCell) cells.get(index);
    }

    @Override
    public int stateCount() {
        return cells.stream()
                .mapToInt(cell -> ((RecurrentCell) cell).stateCount())
                .sum();
    }

    @Override
    public List<Shape> states(Shape step) {
        List<Shape> states = new ArrayList<>();
        Shape present = step;
        for (int i = 0; i < cells.size(); i++) {
            states.addAll(cell(i).states(present));
            present = cell(i).result(present);
        }
        return states;
    }

    @Override
    public Shape result(Shape step) {
        Shape present = step;
        for (int i = 0; i < cells.size(); i++) {
            present = cell(i).result(present);
        }
        return present;
    }

    /** Keras 3 takes the states of each cell in a list of their own. */
    @Override
    public List<Integer> lists() {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> cell(i).stateCount())
                .toList();
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        List<WeightSpec> specs = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        Shape present = inputs.get(0).shape();
        for (int i = 0; i < cells.size(); i++) {
            String name = SnakeCase.of(cell(i).className());
            int number = counts.merge(name, 1, Integer::sum) - 1;
            String part = "cells/" + name + (number == 0 ? "" : "_" + number);
            cell(i).weights(List.of(TensorSpec.of(present))).forEach(spec -> specs.add(spec.in(part)));
            present = cell(i).result(present);
        }
        return specs;
    }

    @Override
    public Recurrent.Step step(Array prepared, List<Array> states, List<Array> weights) {
        List<Array> next = new ArrayList<>();
        Array present = prepared;
        int state = 0;
        int weight = 0;
        for (int i = 0; i < cells.size(); i++) {
            RecurrentCell cell = cell(i);
            int count = cell.weights(List.of(TensorSpec.of(Shape.of(present.sizes()))))
                    .size();
            List<Array> own = weights.subList(weight, weight + count);
            List<Array> before = states.subList(state, state + cell.stateCount());
            Recurrent.Step step = cell.step(cell.prepared(present, own), before, own);
            present = step.output();
            next.addAll(step.states());
            weight += count;
            state += cell.stateCount();
        }
        return new Recurrent.Step(present, next);
    }

    @Override
    public List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        List<OnnxValue> next = new ArrayList<>();
        OnnxValue present = inputs.get(0);
        int state = 1;
        int weight = 0;
        for (int i = 0; i < cells.size(); i++) {
            RecurrentCell cell = cell(i);
            int count = cell.weights(List.of(TensorSpec.of(present.shape()))).size();
            List<OnnxValue> given = new ArrayList<>(List.of(present));
            given.addAll(inputs.subList(state, state + cell.stateCount()));
            List<OnnxValue> results = cell.write(onnx, given, weights.subList(weight, weight + count));
            present = results.get(0);
            next.addAll(results.subList(1, results.size()));
            weight += count;
            state += cell.stateCount();
        }
        next.add(0, present);
        return next;
    }
}
