package org.netsplice.graph;

/**
 * One tensor a layer needs.
 *
 * @param name Keras' name, such as {@code kernel}
 * @param shape every size known
 * @param initial how Keras fills it before training
 * @param trainable whether training changes it; moving statistics are not trainable
 */
public record WeightSpec(String name, Shape shape, Initial initial, boolean trainable) {

    /** A trainable tensor. */
    public static WeightSpec trainable(String name, Initial initial, long... sizes) {
        return new WeightSpec(name, Shape.of(sizes), initial, true);
    }

    /** A tensor that training leaves alone. */
    public static WeightSpec fixed(String name, Initial initial, long... sizes) {
        return new WeightSpec(name, Shape.of(sizes), initial, false);
    }
}
