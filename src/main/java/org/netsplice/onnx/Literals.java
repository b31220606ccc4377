package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.config.Json;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;

/** Numbers that stand in the call of an operation. */
final class Literals {
    private final Sizes sizes;

    Literals(Sizes sizes) {
        this.sizes = sizes;
    }

    /** The arguments of a call of these operands. */
    Arguments call(Kind<?> kind, List<Value> operands, boolean literals) {
        if (!literals) {
            return Arguments.PLAIN;
        }
        List<Parameter> parameters = kind.parameters();
        Map<String, Object> call = new LinkedHashMap<>();
        List<Object> values = new ArrayList<>();
        int next = 0;
        for (Value operand : operands) {
            values.add(operand instanceof Value.Known known ? literal(known, operands) : Arguments.input(next++));
        }
        if (parameters.get(0).isList() || parameters.get(0).isRest()) {
            call.put(parameters.get(0).name(), values);
        } else {
            for (int i = 0; i < values.size(); i++) {
                call.put(parameters.get(i).name(), values.get(i));
            }
        }
        return new Arguments(Json.of(call));
    }

    /** Numbers as a setting: a plain number where its axes do not matter. */
    private Object literal(Value.Known known, List<Value> operands) {
        int rank = operands.stream()
                .filter(Value.Computed.class::isInstance)
                .mapToInt(Value::rank)
                .max()
                .orElse(0);
        Tensor tensor = known.tensor();
        for (int i = 0; i < tensor.length(); i++) {
            if (tensor.numberAt(i) == tensor.wholeAt(i) && sizes.unknown(tensor.wholeAt(i))) {
                throw new Untranslatable("it computes with a size that is known only when data is given");
            }
        }
        Object value = tensor.length() == 1 && tensor.shape().rank() <= rank
                ? Tensors.number(tensor, 0)
                : Tensors.nested(tensor);
        boolean named = value instanceof String || value instanceof List<?>;
        return named
                ? Map.of(
                        "class_name",
                        "__tensor__",
                        "config",
                        Map.of("value", value, "dtype", tensor.dtype().text()))
                : value;
    }
}
