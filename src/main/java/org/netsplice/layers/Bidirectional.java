package org.netsplice.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.netsplice.config.Json;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Axes;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.HardSigmoid;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OldWeights;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Setting;
import org.netsplice.layers.kind.Training;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;

/** A recurrent layer run forwards and another run backwards: {@code Bidirectional(LSTM(32))} turns (None, 50, 8) into (None, 64). */
public record Bidirectional(
        RecurrentLayer layer, Optional<RecurrentLayer> backwardLayer, Merge mergeMode, Arguments call)
        implements ComputedLayer {

    /** How the two results are joined. */
    public enum Merge {
        /** Side by side along the last axis. */
        CONCAT,
        /** Added up. */
        SUM,
        /** Multiplied. */
        MUL,
        /** Averaged. */
        AVE,
        /** Two outputs. */
        NONE
    }

    static final Kind<Bidirectional> KIND = Kind.of(
                    "Bidirectional",
                    Bidirectional.class,
                    Kind.Family.RECURRENT,
                    "Reads a sequence in both directions.",
                    new Kind.Example(
                            "layer={\"class_name\": \"LSTM\", \"config\": {\"units\": 3}}, merge_mode=sum",
                            "(None, 5, 2)"))
            .settings(
                    InnerLayers.<RecurrentLayer>layer(
                            "layer", LSTM.KIND.standard(), "The layer that reads forwards.", Bidirectional::recurrent),
                    InnerLayers.<RecurrentLayer>optionalLayer(
                            "backward_layer",
                            "The layer that reads backwards; empty for the same one.",
                            Bidirectional::recurrent),
                    Setting.choiceOrNone("merge_mode", Merge.CONCAT, Merge.NONE, "How the two results are joined."))
            .parameters(RecurrentLayer.PARAMETERS)
            .oldWeights((layer, stored, origin) -> {
                Bidirectional both = (Bidirectional) layer;
                return OldWeights.halves(both.layer, both.backward(), stored, origin);
            })
            .requires("layer")
            .costs(Costs::bothWays)
            .build();

    private static RecurrentLayer recurrent(ComputedLayer layer, Json json) {
        if (layer instanceof RecurrentLayer recurrent) {
            return recurrent;
        }
        throw json.unsupported("a layer of class " + layer.className() + " inside Bidirectional is not supported");
    }

    @Override
    public Kind<?> kind() {
        return KIND;
    }

    /** The layer that reads backwards. */
    RecurrentLayer backward() {
        return backwardLayer.orElseGet(layer::reversed);
    }

    private int states() {
        return layer.run().returnState()
                ? layer.cell().stateCount() + backward().cell().stateCount()
                : 0;
    }

    @Override
    public int outputCount() {
        return (mergeMode == Merge.NONE ? 2 : 1) + states();
    }

    @Override
    public Optional<String> caution() {
        return Training.cautionOfDropout(call).or(layer.run()::caution);
    }

    @Override
    public boolean joins() {
        return false;
    }

    @Override
    public Arity arity() {
        return call.plain() ? Arity.ONE : new Arity(call.count(), call.count());
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        List<TensorSpec> first = layer.outputs(inputs.subList(0, 1));
        List<TensorSpec> second = backward().outputs(inputs.subList(0, 1));
        Shape one = first.get(0).shape();
        Shape two = second.get(0).shape();
        List<TensorSpec> specs = new ArrayList<>();
        if (mergeMode == Merge.NONE) {
            specs.addAll(List.of(first.get(0), second.get(0)));
        } else if (mergeMode == Merge.CONCAT) {
            specs.add(TensorSpec.of(one.with(-1, one.last() + two.last())));
        } else if (one.accepts(two)) {
            specs.add(first.get(0));
        } else {
            throw new Misfit("joins results of different shapes, " + one + " and " + two, "Change merge_mode.");
        }
        specs.addAll(first.subList(1, first.size()));
        specs.addAll(second.subList(1, second.size()));
        return specs;
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        Stream<WeightSpec> forwards = layer.weights(inputs).stream().map(spec -> spec.in("forward_layer"));
        Stream<WeightSpec> backwards = backward().weights(inputs).stream().map(spec -> spec.in("backward_layer"));
        return Stream.concat(forwards, backwards).toList();
    }

    @Override
    public Optional<HardSigmoid.Scaled> withHardSigmoid(List<WeightSpec> weights) {
        return HardSigmoid.halves(layer, backward(), weights, this::of);
    }

    private Bidirectional of(ComputedLayer one, ComputedLayer two) {
        return new Bidirectional((RecurrentLayer) one, backwardLayer.map(own -> (RecurrentLayer) two), mergeMode, call);
    }

    @Override
    public boolean readsMasks() {
        return true;
    }

    @Override
    public MaskRule masks() {
        return layer.run().returnSequences() ? MaskRule.given(call) : MaskRule.DROPPED;
    }

    /** The units of layers that are joined otherwise than side by side, or with states, keep their order. */
    @Override
    public Axes axes(List<TensorSpec> inputs) {
        boolean plain = mergeMode == Merge.CONCAT && inputs.size() == 1 && outputCount() == 1;
        return plain ? Axes.beside(layer, backward(), inputs) : Axes.FIXED;
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return forward(inputs, List.of(), weights);
    }

    @Override
    public List<OnnxValue> write(
            OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks, List<OnnxValue> weights) {
        return OnnxSequences.both(onnx, this, inputs, masks, weights);
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Optional<Array>> masks, List<Array> weights) {
        List<Array> states = call.rest("initial_state", 1, inputs.size()).stream()
                .map(inputs::get)
                .toList();
        Optional<Array> mask = RecurrentLayer.mask(call, layer.run().maskPolicy(), states, inputs, masks);
        int own = layer.weights(List.of(TensorSpec.of(Shape.of(inputs.get(0).sizes()))))
                .size();
        int half = Math.min(states.size(), layer.cell().stateCount());
        List<Array> first = layer.zeroed(inputs.get(0), states.subList(0, half), mask, weights.subList(0, own));
        List<Array> rest = states.subList(half, states.size());
        List<Array> second = backward().zeroed(inputs.get(0), rest, mask, weights.subList(own, weights.size()));
        Array one = first.get(0);
        Array two = layer.run().returnSequences()
                ? Arranging.reversed(second.get(0), layer.run().steps())
                : second.get(0);
        List<Array> outputs = new ArrayList<>(Halves.joined(mergeMode, one, two));
        outputs.addAll(first.subList(1, first.size()));
        outputs.addAll(second.subList(1, second.size()));
        return outputs;
    }
}
