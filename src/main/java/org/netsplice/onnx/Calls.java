package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.container.Guard;
import org.netsplice.graph.DType;
import org.netsplice.onnx.proto.Attribute;
import org.netsplice.onnx.proto.FunctionProto;
import org.netsplice.onnx.proto.GraphProto;
import org.netsplice.onnx.proto.NodeProto;
import org.netsplice.onnx.proto.TensorProto;
import org.netsplice.onnx.proto.ValueInfoProto;
import org.netsplice.problem.ModelException;
import org.netsplice.work.Progress;

/** Translates calls in their order; what has no counterpart among the layers becomes one that is kept and not computed. */
final class Calls {
    private static final int DEEPEST = 32;
    private static final int MOST_CALLS = 200_000;

    private final OnnxFile file;
    private final Translation translation;
    private final Map<String, ValueInfoProto> declared;
    private final Progress progress;
    private final Map<String, FunctionProto> functions = new HashMap<>();
    private final Set<String> readOnce = new HashSet<>();
    private int done;
    private int depth;

    /**
     * Prepares a translation.
     *
     * @param declared what the file says of values
     */
    Calls(OnnxFile file, Translation translation, Map<String, ValueInfoProto> declared, Progress progress) {
        this.file = file;
        this.translation = translation;
        this.declared = declared;
        this.progress = progress;
        file.model().functions().forEach(function -> functions.put(key(function), function));
        Set<String> several = new HashSet<>();
        file.graph().outputs().forEach(output -> several.add(output.name()));
        for (NodeProto node : file.graph().nodes()) {
            for (String input : node.inputs()) {
                boolean subgraph = node.attributes().values().stream().anyMatch(Attribute.Subgraph.class::isInstance);
                if (subgraph || !readOnce.add(input)) {
                    several.add(input);
                }
            }
        }
        readOnce.removeAll(several);
    }

    private static String key(FunctionProto function) {
        return function.domain() + "\0" + function.name() + "\0" + function.overload();
    }

    private static String key(NodeProto node) {
        return node.domain() + "\0" + node.operator() + "\0" + node.overload();
    }

    /** Translates the calls of a graph, and puts what they give into the scope. */
    void run(List<NodeProto> nodes, Scope scope) {
        for (NodeProto node : nodes) {
            if (++done > MOST_CALLS) {
                throw Guard.invalid(file.name(), "", "unfolds to more than " + MOST_CALLS + " calls");
            }
            if (done % 64 == 0) {
                progress.at(Math.min(0.9, (double) done / nodes.size()), "Reading operators");
            }
            List<Value> results = results(node, arguments(node, scope), scope);
            for (int i = 0; i < node.outputs().size(); i++) {
                if (!node.outputs().get(i).isEmpty() && i < results.size()) {
                    scope.put(node.outputs().get(i), results.get(i));
                }
            }
        }
    }

    private List<Optional<Value>> arguments(NodeProto node, Scope scope) {
        List<Optional<Value>> arguments = new ArrayList<>();
        for (String input : node.inputs()) {
            Optional<Value> value = input.isEmpty() ? Optional.empty() : scope.get(input);
            if (!input.isEmpty() && value.isEmpty()) {
                throw Guard.invalid(file.name(), title(node), "reads \"" + input + "\", which nothing before it gives");
            }
            arguments.add(value);
        }
        return arguments;
    }

    private static String title(NodeProto node) {
        return node.name().isEmpty() ? node.operator() : node.name();
    }

    private List<Value> results(NodeProto node, List<Optional<Value>> arguments, Scope scope) {
        FunctionProto function = functions.get(key(node));
        if (function != null) {
            return called(function, node, arguments, scope);
        }
        Optional<GraphProto> branch = branch(node, arguments);
        if (branch.isPresent()) {
            return inside(branch.get(), scope);
        }
        String name = Naming.of(node.name(), node.operator());
        Call call = new Call(node, arguments, readOnce, file, translation);
        try {
            List<Value> results = translated(call);
            translation.keep(name);
            return results;
        } catch (Untranslatable reason) {
            translation.forget();
            return opaque(call, name, reason.getMessage());
        } catch (ModelException.Unsupported reason) {
            translation.forget();
            return opaque(call, name, reason.problem().what());
        } catch (ArithmeticException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | NegativeArraySizeException no) {
            // Settings that no model has, such as a stride of 0, fail in the arithmetic of shapes.
            translation.forget();
            return opaque(call, name, "its settings do not fit its inputs");
        }
    }

    private static List<Value> translated(Call call) {
        NodeProto node = call.node();
        if (!node.domain().isEmpty()) {
            throw new Untranslatable(
                    "the operator " + node.domain() + "." + node.operator() + " is not one of ONNX itself");
        }
        Operator operator = Operators.named(node.operator())
                .orElseThrow(() -> new Untranslatable("the operator " + node.operator() + " is not supported"));
        List<Value> results = operator.translate(call);
        for (int i = results.size(); i < node.outputs().size(); i++) {
            if (!node.outputs().get(i).isEmpty()) {
                throw new Untranslatable("result " + (i + 1) + " of " + node.operator() + " is not supported");
            }
        }
        return results;
    }

    /** The branch that an If takes, where the file alone tells it. */
    private static Optional<GraphProto> branch(NodeProto node, List<Optional<Value>> arguments) {
        boolean decided = node.operator().equals("If")
                && node.domain().isEmpty()
                && arguments.size() == 1
                && arguments.get(0).orElse(null) instanceof Value.Known;
        if (!decided) {
            return Optional.empty();
        }
        Value.Known known = (Value.Known) arguments.get(0).orElseThrow();
        boolean holds = known.tensor().length() == 1 && known.tensor().at(0) != 0;
        return node.attributes().get(holds ? "then_branch" : "else_branch") instanceof Attribute.Subgraph graph
                ? Optional.of(graph.value())
                : Optional.empty();
    }

    private void enter() {
        if (++depth > DEEPEST) {
            throw Guard.invalid(file.name(), "", "has functions that call each other more than " + DEEPEST + " deep");
        }
    }

    private List<Value> inside(GraphProto graph, Scope scope) {
        enter();
        Map<String, TensorProto> own = new LinkedHashMap<>();
        graph.initializers().forEach(tensor -> own.put(tensor.name(), tensor));
        Scope inner = scope.inner(own);
        run(graph.nodes(), inner);
        depth--;
        return graph.outputs().stream()
                .map(output -> found(inner, output.name()))
                .toList();
    }

    private Value found(Scope scope, String name) {
        return scope.get(name).orElseThrow(() -> Guard.invalid(file.name(), name, "is a result that no call gives"));
    }

    private List<Value> called(FunctionProto function, NodeProto node, List<Optional<Value>> arguments, Scope scope) {
        enter();
        Scope inner = scope.apart();
        for (int i = 0; i < Math.min(arguments.size(), function.inputs().size()); i++) {
            String name = function.inputs().get(i);
            arguments.get(i).ifPresent(value -> inner.put(name, value));
        }
        Map<String, Attribute> given = new HashMap<>(function.defaults());
        given.putAll(node.attributes());
        List<NodeProto> nodes = function.nodes().stream()
                .map(one -> resolved(one, given, inner, function))
                .toList();
        run(nodes, inner);
        depth--;
        return function.outputs().stream().map(name -> found(inner, name)).toList();
    }

    /** A call inside a function, with the settings that the function is given, and without arguments it is not given. */
    private static NodeProto resolved(
            NodeProto node, Map<String, Attribute> given, Scope scope, FunctionProto function) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        node.attributes().forEach((name, value) -> {
            Attribute actual = value instanceof Attribute.Reference reference ? given.get(reference.name()) : value;
            if (actual != null) {
                attributes.put(name, actual);
            }
        });
        List<String> inputs = node.inputs().stream()
                .map(input ->
                        function.inputs().contains(input) && scope.get(input).isEmpty() ? "" : input)
                .toList();
        return new NodeProto(
                node.name(), node.operator(), node.domain(), node.overload(), inputs, node.outputs(), attributes, "");
    }

    private List<Value> opaque(Call call, String name, String reason) {
        NodeProto node = call.node();
        List<Value.Computed> says = new ArrayList<>();
        for (String output : node.outputs()) {
            ValueInfoProto told = output.isEmpty() ? null : declared.get(output);
            says.add(told == null ? untold() : told(told));
        }
        if (says.isEmpty()) {
            says.addAll(Collections.nCopies(1, untold()));
        }
        String className = node.domain().isEmpty() ? node.operator() : node.domain() + "." + node.operator();
        List<Value> results = translation.opaque(className, Settings.of(call), reason, call.all(), says);
        translation.keep(name);
        return results;
    }

    private Value.Computed told(ValueInfoProto value) {
        try {
            return translation.told(value);
        } catch (Untranslatable reason) {
            return untold();
        }
    }

    private static Value.Computed untold() {
        return new Value.Computed(Translation.NOWHERE, Optional.empty(), DType.FLOAT32);
    }
}
