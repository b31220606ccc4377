package org.netsplice.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Products of matrices. */
final class MatrixOperators {
    static final Map<String, Operator> ALL = Map.of(
            "Gemm", Operator.one(MatrixOperators::general),
            "MatMul", Operator.one(MatrixOperators::product),
            "Einsum", Operator.one(MatrixOperators::einsum),
            "Det", Operator.one(call -> call.operation("Det", Map.of(), call.in(0))));

    private MatrixOperators() {}

    /** A dense layer without activation. */
    static Value dense(Call call, Value data, Tensor kernel, Optional<Tensor> bias) {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("units", Call.integer(kernel.shape().size(1)));
        config.put("use_bias", bias.isPresent());
        List<Tensor> weights = new ArrayList<>(List.of(kernel));
        bias.ifPresent(weights::add);
        return call.weighted("Dense", config, weights, data);
    }

    private static boolean fixed(Value value, int rank) {
        return value instanceof Value.Known && value.rank() == rank;
    }

    private static Value general(Call call) {
        boolean turnedOne = call.integer("transA", 0) != 0;
        boolean turnedTwo = call.integer("transB", 0) != 0;
        double alpha = call.real("alpha", 1);
        double beta = call.real("beta", 1);
        Value data = call.in(0);
        boolean layer = !turnedOne && !(data instanceof Value.Known) && fixed(call.in(1), 2);
        if (layer) {
            Tensor kernel = ((Value.Known) call.in(1)).tensor();
            Tensor turned = turnedTwo ? Tensors.permuted(kernel, 1, 0) : kernel;
            Optional<Tensor> bias = call.maybe(2)
                    .filter(Value.Known.class::isInstance)
                    .flatMap(value -> vector(
                            ((Value.Known) value).tensor(), turned.shape().size(1)))
                    .map(vector -> Tensors.scaled(vector, beta));
            Value result = dense(call, data, Tensors.scaled(turned, alpha), bias);
            return bias.isPresent() || call.maybe(2).isEmpty() ? result : plus(call, result, beta);
        }
        Value one = turnedOne ? turned(data) : data;
        Value two = turnedTwo ? turned(call.in(1)) : call.in(1);
        Value result = multiplied(call, one, two);
        if (alpha != 1) {
            result = call.operation("Multiply", Map.of(), result, Call.number(alpha, DType.FLOAT32));
        }
        return call.maybe(2).isEmpty() ? result : plus(call, result, beta);
    }

    private static Value plus(Call call, Value result, double beta) {
        Value more = call.in(2);
        Value scaled = beta == 1 ? more : call.operation("Multiply", Map.of(), more, Call.number(beta, more.dtype()));
        return call.operation("Add", Map.of(), result, scaled);
    }

    /** A bias for each unit; empty when the tensor has another shape. */
    private static Optional<Tensor> vector(Tensor tensor, long units) {
        if (tensor.length() == 1) {
            return Optional.of(Filling.of(tensor.at(0), DType.FLOAT32, units));
        }
        boolean row = tensor.shape().rank() == 1
                || (tensor.shape().rank() == 2 && tensor.shape().size(0) == 1);
        return row && tensor.length() == units ? Optional.of(tensor.reshaped(Shape.of(units))) : Optional.empty();
    }

    private static Value turned(Value matrix) {
        return ShapeOperators.permuted(matrix, 1, 0);
    }

    private static Value product(Call call) {
        Value one = call.in(0);
        Value two = call.in(1);
        if (!(one instanceof Value.Known)
                && one.rank() > 1
                && fixed(two, 2)
                && two.dtype().floating()) {
            return dense(call, one, ((Value.Known) two).tensor(), Optional.empty());
        }
        boolean vectorOne = one.rank() == 1;
        boolean vectorTwo = two.rank() == 1;
        Value left = vectorOne ? ShapeOperators.inserted(one, 0) : one;
        Value right = vectorTwo ? ShapeOperators.inserted(two, 1) : two;
        Value result = multiplied(call, left, right);
        int rank = result.rank();
        if (vectorTwo) {
            result = ShapeOperators.removed(call, result, rank - 1);
        }
        return vectorOne ? ShapeOperators.removed(call, result, rank - 2) : result;
    }

    private static Value multiplied(Call call, Value one, Value two) {
        ReductionOperators.refuseRows(call, one, one.rank() - 1);
        return call.operation("Matmul", Map.of(), one, two);
    }

    private static Value einsum(Call call) {
        String equation = call.text("equation", "").replace(" ", "");
        List<Value> operands = call.all();
        if (operands.size() == 2 && equation.contains("->") && !equation.contains("...")) {
            String[] sides = equation.split(",|->", -1);
            int fixed = operands.get(1) instanceof Value.Known ? 1 : operands.get(0) instanceof Value.Known ? 0 : -1;
            boolean layer = fixed >= 0
                    && !(operands.get(1 - fixed) instanceof Value.Known)
                    && sides.length == 3
                    && !sides[2].isEmpty()
                    && !sides[1 - fixed].isEmpty()
                    && sides[2].charAt(0) == sides[1 - fixed].charAt(0)
                    && sides[fixed].indexOf(sides[2].charAt(0)) < 0;
            if (layer) {
                return learned(call, sides, fixed);
            }
        }
        String whole = equation.contains("->") ? equation : implied(equation);
        return call.operation("Einsum", Map.of("subscripts", whole), operands.toArray(Value[]::new));
    }

    private static Value learned(Call call, String[] sides, int fixed) {
        Tensor kernel = ((Value.Known) call.in(fixed)).tensor();
        long[] sizes = call.in(1 - fixed).shape();
        List<Integer> shape = new ArrayList<>();
        for (char letter : sides[2].substring(1).toCharArray()) {
            int own = sides[1 - fixed].indexOf(letter);
            long size = own >= 0 ? sizes[own] : kernel.shape().size(sides[fixed].indexOf(letter));
            shape.add(call.to().sizes().unknown(size) ? null : (Integer) Call.integer(size));
        }
        String equation = sides[1 - fixed] + "," + sides[fixed] + "->" + sides[2];
        return call.weighted(
                "EinsumDense",
                Map.of("equation", equation, "output_shape", shape),
                List.of(kernel),
                call.in(1 - fixed));
    }

    /** Without an arrow, the letters that stand once are the result, in the order of the alphabet. */
    private static String implied(String equation) {
        StringBuilder result = new StringBuilder(equation.contains("...") ? "..." : "");
        String letters = equation.replace(",", "").replace(".", "");
        letters.chars()
                .filter(letter -> letters.indexOf(letter) == letters.lastIndexOf(letter))
                .sorted()
                .forEach(letter -> result.append((char) letter));
        return equation + "->" + result;
    }
}
