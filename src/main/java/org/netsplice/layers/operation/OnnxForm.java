package org.netsplice.layers.operation;

import java.util.List;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;

/** How an operation is written in ONNX. */
@FunctionalInterface
public interface OnnxForm {
    /**
     * Writes its nodes.
     *
     * @param results the shapes of its results
     */
    List<OnnxValue> write(OnnxBuilder onnx, Operands<OnnxValue> given, List<TensorSpec> results);
}
