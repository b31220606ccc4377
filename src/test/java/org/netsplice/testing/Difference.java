package org.netsplice.testing;

import java.util.Map;
import org.netsplice.graph.Tensor;

/** How far numbers are from those Keras computed. */
public final class Difference {
    private Difference() {}

    /** The largest absolute difference; infinite when names or shapes differ, or a number is not a number. */
    public static double largest(Map<String, Tensor> expected, Map<String, Tensor> actual) {
        if (!expected.keySet().equals(actual.keySet())) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (Map.Entry<String, Tensor> entry : expected.entrySet()) {
            largest = Math.max(largest, largest(entry.getValue(), actual.get(entry.getKey())));
        }
        return largest;
    }

    public static double largest(Tensor expected, Tensor actual) {
        if (!expected.shape().equals(actual.shape())) {
            return Double.POSITIVE_INFINITY;
        }
        double largest = 0;
        for (int i = 0; i < expected.length(); i++) {
            double difference = Math.abs((double) expected.at(i) - actual.at(i));
            largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
        }
        return largest;
    }

    /** The largest magnitude, at least 1: what a relative tolerance refers to. */
    public static double scale(Map<String, Tensor> expected) {
        double scale = 1;
        for (Tensor tensor : expected.values()) {
            for (int i = 0; i < tensor.length(); i++) {
                scale = Math.max(scale, Math.abs(tensor.at(i)));
            }
        }
        return scale;
    }
}
