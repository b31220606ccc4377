package org.netsplice.layers;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Arity;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.MaskRule;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Training;
import org.netsplice.ops.Array;

/** An attention layer: takes a query, values and optionally keys, reads their masks, passes on the query's mask, and may return its scores as a second output. */
interface AttentionLayer extends ComputedLayer {

    /** The arguments of the call. */
    Arguments call();

    @Override
    default Optional<String> caution() {
        return Training.cautionOfDropout(call());
    }

    @Override
    default Arity arity() {
        return call().plain() ? new Arity(2, 3) : new Arity(call().count(), call().count());
    }

    @Override
    default int outputCount() {
        return call().flag("return_attention_scores") ? 2 : 1;
    }

    @Override
    default boolean readsMasks() {
        return true;
    }

    @Override
    default MaskRule masks() {
        return MaskRule.PASSED;
    }

    /** The scores of all heads; sums of queries and keys have the size of both beside. */
    @Override
    default long heldNumbers(List<TensorSpec> inputs, List<TensorSpec> outputs) {
        return Costs.scores(this, inputs);
    }

    @Override
    default List<Array> forward(List<Array> inputs, List<Array> weights) {
        return forward(inputs, List.of(), weights);
    }

    @Override
    List<Array> forward(List<Array> inputs, List<Optional<Array>> masks, List<Array> weights);

    @Override
    default List<OnnxValue> write(OnnxBuilder onnx, List<OnnxValue> inputs, List<OnnxValue> weights) {
        return write(onnx, inputs, List.of(), weights);
    }

    @Override
    List<OnnxValue> write(
            OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks, List<OnnxValue> weights);
}
