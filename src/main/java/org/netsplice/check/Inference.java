package org.netsplice.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.TensorSpec;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * What is known about a node, and what it was inferred from.
 *
 * @param known the node's weights, if it has been given any
 * @param inputs shapes of the inputs whose shapes are known; may be fewer than the node's inputs
 * @param outputs shapes of the outputs; empty when they cannot be inferred
 * @param weights the weights the node needs; when its outputs cannot be inferred, the weights it has
 * @param counts the node's own sizes, whether or not it shares its weights
 */
record Inference(
        Node node,
        Optional<Weights> known,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs,
        List<WeightSpec> weights,
        long flops,
        List<Problem> problems,
        Counts counts) {

    private Inference(
            Node node,
            Optional<Weights> known,
            List<TensorSpec> inputs,
            List<TensorSpec> outputs,
            List<WeightSpec> weights,
            long flops,
            List<Problem> problems) {
        this(node, known, inputs, outputs, weights, flops, problems, Counts.of(node, outputs, weights, flops));
    }

    /** Shape and type of an output; null when they cannot be inferred. */
    TensorSpec output(int index) {
        return index >= 0 && index < outputs.size() ? outputs.get(index) : null;
    }

    /** Infers what can be inferred about a node; what is wrong becomes a problem, never an exception. */
    static Inference of(Node node, Optional<Weights> known, List<TensorSpec> inputs) {
        List<Problem> own = ownProblems(node);
        if (!node.layer().arity().allows(node.inputs().size())) {
            List<Problem> problems = new ArrayList<>(own);
            problems.add(miscounted(node));
            return unknown(node, known, inputs, problems);
        }
        return inputs.size() == node.inputs().size()
                ? inferred(node, known, inputs, new ArrayList<>(own))
                : unknown(node, known, inputs, own);
    }

    private static Inference unknown(
            Node node, Optional<Weights> known, List<TensorSpec> inputs, List<Problem> problems) {
        return new Inference(node, known, inputs, List.of(), held(node, known), 0, problems);
    }

    /** Specs of the weights a node has, for a node whose needs are unknown. */
    private static List<WeightSpec> held(Node node, Optional<Weights> known) {
        List<WeightSpec> specs = new ArrayList<>();
        for (Tensor tensor : known.map(Weights::tensors).orElse(List.of())) {
            specs.add(new WeightSpec("w" + specs.size(), tensor.shape(), Initial.ZEROS, node.trainable()));
        }
        return specs;
    }

    /** Problems the layer reports whatever its inputs are. */
    private static List<Problem> ownProblems(Node node) {
        List<Problem> problems = new ArrayList<>();
        node.layer()
                .obstacle()
                .ifPresent(reason -> problems.add(error(
                        node,
                        node.layer().className() + " cannot be computed: " + reason,
                        "Replace or remove it; everything else can be edited.")));
        node.layer()
                .caution()
                .ifPresent(what ->
                        problems.add(Problem.warning(new Where.AtNode(node.id().number(), node.name()), what, "")));
        return problems;
    }

    private static Problem miscounted(Node node) {
        String has = node.inputs().isEmpty()
                ? "none"
                : Integer.toString(node.inputs().size());
        return error(
                node,
                node.layer().className() + " takes " + node.layer().arity().text() + ", and has " + has,
                "Connect what feeds it.");
    }

    private static Inference inferred(
            Node node, Optional<Weights> known, List<TensorSpec> inputs, List<Problem> problems) {
        Layer layer = node.layer();
        try {
            List<TensorSpec> given = node.policy().given(layer, inputs);
            List<TensorSpec> outputs = List.copyOf(node.policy().gives(layer, layer.inferOutputs(given)));
            List<WeightSpec> weights = List.copyOf(layer.weights(given));
            long flops = layer.flops(given, outputs);
            weighed(node, known, weights).ifPresent(problems::add);
            return new Inference(node, known, inputs, outputs, weights, flops, problems);
        } catch (Layer.Misfit misfit) {
            if (layer.obstacle().isEmpty()) {
                problems.add(error(node, layer.className() + " " + misfit.getMessage(), misfit.remedy()));
            }
        } catch (ArithmeticException large) {
            problems.add(error(
                    node,
                    layer.className() + " would have sizes too large to count for inputs of shape " + shapes(inputs),
                    "Choose smaller settings or a smaller input."));
        } catch (ModelException wrong) {
            problems.add(
                    error(node, layer.className() + " cannot be read: " + wrong.getMessage(), "Change its settings."));
        } catch (RuntimeException bug) {
            System.getLogger(Report.class.getName())
                    .log(System.Logger.Level.WARNING, "the shape rule of " + layer.className() + " failed", bug);
            problems.add(error(
                    node, layer.className() + " does not fit its inputs: " + bug.getMessage(), "Change its settings."));
        }
        return unknown(node, known, inputs, problems);
    }

    private static String shapes(List<TensorSpec> inputs) {
        return String.join(
                ", ", inputs.stream().map(spec -> spec.shape().toString()).toList());
    }

    private static Optional<Problem> weighed(Node node, Optional<Weights> known, List<WeightSpec> specs) {
        if (specs.stream().anyMatch(spec -> spec.shape().elements() > Integer.MAX_VALUE)) {
            return Optional.of(
                    error(node, "its weights would have more than 2,147,483,647 numbers", "Choose smaller settings."));
        }
        if (known.isEmpty() || known.get().fit(specs)) {
            return Optional.empty();
        }
        String needed = String.join(
                ", ", specs.stream().map(spec -> spec.shape().toString()).toList());
        return Optional.of(error(
                node,
                "its weights have shapes " + known.get().shapes() + ", but it now needs "
                        + (needed.isEmpty() ? "none" : needed),
                "Undo the change, load other weights, or reset them to untrained ones."));
    }

    private static Problem error(Node node, String what, String remedy) {
        return Problem.error(new Where.AtNode(node.id().number(), node.name()), what, remedy);
    }
}
