package org.netsplice.graph;

/**
 * One tensor a layer needs.
 *
 * @param name Keras' name, such as {@code kernel}
 * @param shape every size known
 * @param initial how Keras fills it before training
 * @param trainable whether training changes it; moving statistics are not trainable
 * @param part the part of the layer it belongs to, as Keras 3 stores it, such as {@code forward_layer/cell}; else empty
 * @param slot its number among the stored variables of that part, or {@link #NEXT}
 */
public record WeightSpec(String name, Shape shape, Initial initial, boolean trainable, String part, int slot) {
    /** The place after the tensor before it. */
    public static final int NEXT = -1;

    public WeightSpec(String name, Shape shape, Initial initial, boolean trainable) {
        this(name, shape, initial, trainable, "", NEXT);
    }

    /** The same tensor stored under this number, because variables that repeat other weights stand before it. */
    public WeightSpec at(int number) {
        return new WeightSpec(name, shape, initial, trainable, part, number);
    }

    /** The same tensor as a part of a larger layer. */
    public WeightSpec in(String larger) {
        return new WeightSpec(name, shape, initial, trainable, part.isEmpty() ? larger : larger + "/" + part, slot);
    }

    /** A trainable tensor. */
    public static WeightSpec trainable(String name, Initial initial, long... sizes) {
        return new WeightSpec(name, Shape.of(sizes), initial, true);
    }

    /** A tensor that training leaves alone. */
    public static WeightSpec fixed(String name, Initial initial, long... sizes) {
        return new WeightSpec(name, Shape.of(sizes), initial, false);
    }

    /** Its name within the layer, with the part it belongs to where that tells it from others, such as {@code forward_layer/kernel}. */
    public String title() {
        String outer = part.replaceFirst("/?cell$", "");
        return outer.isEmpty() ? name : outer + "/" + name;
    }
}
