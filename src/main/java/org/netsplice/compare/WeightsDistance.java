package org.netsplice.compare;

import org.netsplice.graph.Tensor;

/**
 * How far two tensors of one shape are from each other.
 *
 * @param tensor its name in the layer, such as {@code kernel}
 * @param greatest the greatest absolute difference of two numbers; NaN when one of them is not finite
 * @param relative the Euclidean length of the difference, divided by the length of the first tensor; infinite when that is zero
 */
public record WeightsDistance(String tensor, double greatest, double relative) {

    /** Measures tensors of one shape. */
    static WeightsDistance of(String name, Tensor before, Tensor after) {
        double greatest = 0;
        double squares = 0;
        double length = 0;
        for (int i = 0; i < before.length(); i++) {
            double one = before.numberAt(i);
            double difference = Math.abs(after.numberAt(i) - one);
            greatest = Double.isNaN(difference) ? Double.NaN : Math.max(greatest, difference);
            squares += difference * difference;
            length += one * one;
        }
        return new WeightsDistance(name, greatest, Math.sqrt(squares / length));
    }
}
