package org.netsplice.ops;

import java.util.function.DoubleUnaryOperator;

/**
 * A function of one number and its derivative. Where it has a bend the derivative is that of one side, as TensorFlow chooses it.
 *
 * @param value the function
 * @param slope its derivative
 */
public record Curve(DoubleUnaryOperator value, DoubleUnaryOperator slope) {

    /** The gradient for an argument from that of the result. */
    Array back(Array gradient, Array argument) {
        return Arithmetic.multiply(gradient, argument.map(slope));
    }
}
