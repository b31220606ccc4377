package org.netsplice.layers;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.netsplice.graph.Arity;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.HardSigmoid;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.MaskPolicy;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.layers.kind.Trained;
import org.netsplice.layers.kind.TrainingPass;
import org.netsplice.ops.Array;
import org.netsplice.ops.Reducing;

/** A layer applied to every step of a sequence: {@code TimeDistributed(Dense(8))} turns (None, 50, 4) into (None, 50, 8). */
public record TimeDistributed(ComputedLayer layer, MaskPolicy maskPolicy, Arguments call) implements ComputedLayer {
    static final Kind<TimeDistributed> KIND = Kind.of(
                    "TimeDistributed",
                    TimeDistributed.class,
                    Kind.Family.RECURRENT,
                    "Applies a layer to every step of a sequence.",
                    new Kind.Example("layer={\"class_name\": \"Dense\", \"config\": {\"units\": 3}}", "(None, 5, 2)"))
            .settings(InnerLayers.layer("layer", Dense.KIND.standard(), "The layer.", (layer, json) -> layer))
            .parameters(Parameter.value("inputs"), Parameter.keyword("mask"))
            .keepsMaskPolicy()
            .oldWeights((layer, stored, origin) -> {
                ComputedLayer inner = ((TimeDistributed) layer).layer;
                return inner.kind().history().modernWeights(inner, stored, origin);
            })
            .requires("layer")
            .build();

    @Override
    public Kind<?> kind() {
        return KIND;
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
    public boolean readsMasks() {
        return layer.readsMasks();
    }

    @Override
    public MaskRule masks() {
        return maskPolicy.old() ? new OfEachStep() : MaskRule.given(call);
    }

    /** In Keras 2 the mask of the inner layer's result decides which steps count, if it has one. */
    private final class OfEachStep implements MaskRule {
        @Override
        public boolean gives(List<Boolean> masked) {
            boolean given = call.input("mask").isPresent() || masked.get(0);
            return given || layer.masks().gives(List.of(given));
        }

        @Override
        public Array mask(List<Array> inputs, List<Optional<Array>> masks) {
            Array x = inputs.get(0);
            Optional<Array> own = call.mask(inputs, masks);
            if (layer.masks().gives(List.of(own.isPresent()))) {
                List<Optional<Array>> flat = List.of(own.map(TimeDistributed::joined));
                return apart(layer.masks().mask(List.of(joined(x)), flat), x);
            }
            Array given = own.orElseThrow();
            int[] rest = IntStream.range(2, given.rank()).toArray();
            return rest.length == 0 ? given : Reducing.maximum(given, false, rest);
        }
    }

    @Override
    public List<TensorSpec> outputs(List<TensorSpec> inputs) {
        Shape shape = Shapes.atLeast(inputs, 3);
        List<TensorSpec> results = layer.outputs(steps(inputs));
        if (results.size() != 1) {
            throw new Misfit("works with layers of one output, and " + layer.className() + " has several", "");
        }
        TensorSpec one = results.get(0);
        return List.of(one.with(Shapes.inserted(one.shape(), 1, shape.size(1))));
    }

    @Override
    public boolean sumsNothing() {
        return layer.sumsNothing();
    }

    private static List<TensorSpec> steps(List<TensorSpec> inputs) {
        return List.of(inputs.get(0).with(Shapes.without(inputs.get(0).shape(), 1)));
    }

    @Override
    public List<WeightSpec> weights(List<TensorSpec> inputs) {
        return layer.weights(steps(inputs)).stream()
                .map(spec -> spec.in("layer"))
                .toList();
    }

    @Override
    public List<Array> forward(List<Array> inputs, List<Array> weights) {
        return forward(inputs, List.of(), weights);
    }

    @Override
    public List<OnnxValue> write(
            OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks, List<OnnxValue> weights) {
        return List.of(OnnxSequences.eachStep(onnx, layer, inputs.get(0), List.of(call.mask(inputs, masks)), weights));
    }

    /** As in Keras, the inner layer gets the mask of each step if steps are masked themselves, like words of sentences. */
    @Override
    public List<Array> forward(List<Array> inputs, List<Optional<Array>> masks, List<Array> weights) {
        Array x = inputs.get(0);
        return List.of(apart(
                layer.forward(List.of(joined(x)), inside(call.mask(inputs, masks)), weights)
                        .get(0),
                x));
    }

    private static List<Optional<Array>> inside(Optional<Array> mask) {
        return List.of(mask.filter(one -> one.rank() > 2).map(TimeDistributed::joined));
    }

    @Override
    public boolean differsInTraining(boolean trainable) {
        return layer.differsInTraining(trainable);
    }

    /** Keras calls the inner layer step by step, so that the statistics of a batch would be those of a step. */
    @Override
    public Optional<String> untrainable() {
        return layer.differsInTraining(true) && !layer.differsInTraining(false)
                ? Optional.of(
                        "holds a layer that computes statistics of every step in training, which is not computed here")
                : layer.untrainable();
    }

    @Override
    public Trained forwardTraining(
            List<Array> inputs, List<Optional<Array>> masks, List<Array> weights, TrainingPass pass) {
        Array x = inputs.get(0);
        Trained trained = layer.forwardTraining(List.of(joined(x)), inside(call.mask(inputs, masks)), weights, pass);
        return new Trained(List.of(apart(trained.outputs().get(0), x)), trained.renewed());
    }

    /** Merges batch and steps: (batch, steps, …) becomes (batch · steps, …). */
    private static Array joined(Array x) {
        long[] flat = Arrays.copyOfRange(x.sizes(), 1, x.rank());
        flat[0] = x.size(0) * x.size(1);
        return x.reshape(flat);
    }

    /** Splits (batch · steps, …) into the batch and steps of another array. */
    private static Array apart(Array flat, Array like) {
        long[] sizes = new long[flat.rank() + 1];
        System.arraycopy(flat.sizes(), 0, sizes, 1, flat.rank());
        sizes[0] = like.size(0);
        sizes[1] = like.size(1);
        return flat.reshape(sizes);
    }

    @Override
    public Optional<HardSigmoid.Scaled> withHardSigmoid(List<WeightSpec> weights) {
        return layer.withHardSigmoid(weights)
                .map(scaled ->
                        new HardSigmoid.Scaled(new TimeDistributed(scaled.layer(), maskPolicy, call), scaled.parts()));
    }

    /** What the layer holds for all steps, which it computes as rows. */
    @Override
    public long heldNumbers(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        long steps = inputs.get(0).shape().size(1);
        return Layer.product(steps, layer.heldNumbers(steps(inputs), layer.outputs(steps(inputs))));
    }

    @Override
    public long flops(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        long steps = inputs.get(0).shape().size(1);
        return Layer.product(steps, layer.flops(steps(inputs), layer.outputs(steps(inputs))));
    }
}
