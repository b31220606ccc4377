package org.netsplice.layers.operation;

import java.util.List;
import java.util.Optional;
import org.netsplice.config.Json;
import org.netsplice.graph.Layer;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.Arguments;
import org.netsplice.layers.kind.OnnxBuilder;
import org.netsplice.layers.kind.OnnxValue;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Parameters;
import org.netsplice.ops.Array;

/** The parameters of an operation, and its operands by the names of the call's parameters. */
public final class Operands<T> {
    private final List<Parameter> takes;
    private final Parameters parameters;
    private final Arguments call;
    private final List<T> inputs;
    private final Reading<T> reading;

    private interface Reading<T> {
        Optional<T> one(Arguments call, String name, int position, List<T> inputs);

        List<T> several(Arguments call, String name, List<T> inputs);
    }

    private static final Reading<TensorSpec> SPECS = new Reading<>() {
        @Override
        public Optional<TensorSpec> one(Arguments call, String name, int position, List<TensorSpec> inputs) {
            return call.spec(name, position, inputs);
        }

        @Override
        public List<TensorSpec> several(Arguments call, String name, List<TensorSpec> inputs) {
            return call.specs(name, inputs);
        }
    };
    private static final Reading<Array> ARRAYS = new Reading<>() {
        @Override
        public Optional<Array> one(Arguments call, String name, int position, List<Array> inputs) {
            return call.array(name, position, inputs);
        }

        @Override
        public List<Array> several(Arguments call, String name, List<Array> inputs) {
            return call.arrays(name, inputs);
        }
    };

    private Operands(List<Parameter> takes, Parameters parameters, Arguments call, List<T> inputs, Reading<T> reading) {
        this.takes = takes;
        this.parameters = parameters;
        this.call = call;
        this.inputs = inputs;
        this.reading = reading;
    }

    static Operands<TensorSpec> specs(
            List<Parameter> takes, Parameters parameters, Arguments call, List<TensorSpec> inputs) {
        return new Operands<>(takes, parameters, call, inputs, SPECS);
    }

    static Operands<Array> arrays(List<Parameter> takes, Parameters parameters, Arguments call, List<Array> inputs) {
        return new Operands<>(takes, parameters, call, inputs, ARRAYS);
    }

    /** The operands as values of ONNX. */
    static Operands<OnnxValue> values(
            OnnxBuilder onnx, List<Parameter> takes, Parameters parameters, Arguments call, List<OnnxValue> inputs) {
        Reading<OnnxValue> reading = new Reading<>() {
            @Override
            public Optional<OnnxValue> one(Arguments given, String name, int position, List<OnnxValue> all) {
                return given.value(onnx, name, position, all);
            }

            @Override
            public List<OnnxValue> several(Arguments given, String name, List<OnnxValue> all) {
                return given.values(onnx, name, all);
            }
        };
        return new Operands<>(takes, parameters, call, inputs, reading);
    }

    /** The configuration. */
    public Parameters with() {
        return parameters;
    }

    /** The first operand. */
    public T first() {
        return at(0);
    }

    /** The second operand. */
    public T second() {
        return at(1);
    }

    /** An operand by its place among the call's parameters. */
    public T at(int position) {
        return maybe(position)
                .orElseThrow(() ->
                        new Layer.Misfit("is not given " + takes.get(position).name(), ""));
    }

    /** Whether an operand is a number written into the call, which has no element type of its own. */
    boolean plainNumber(int position) {
        return call.value(takes.get(position).name()).filter(Json::isNumber).isPresent();
    }

    /** An operand that may be left out. */
    public Optional<T> maybe(int position) {
        return reading.one(call, takes.get(position).name(), position, inputs);
    }

    /** All tensors of the first parameter. */
    List<T> all() {
        return all(0);
    }

    /** All tensors of a parameter that takes several. */
    List<T> all(int position) {
        return reading.several(call, takes.get(position).name(), inputs);
    }

    /** A value given in the call that is no tensor. */
    Optional<Json> value(String name) {
        return call.value(name);
    }
}
