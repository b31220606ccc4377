package org.netsplice.onnx.proto;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The value of a setting of a call. */
public sealed interface Attribute {

    /** A floating-point number. */
    record Real(float value) implements Attribute {}

    /** A whole number. */
    record Whole(long value) implements Attribute {}

    /** A text. */
    record Text(String value) implements Attribute {}

    /** A tensor. */
    record Numbers(TensorProto value) implements Attribute {}

    /** A graph, as loops and branches have. */
    record Subgraph(GraphProto value) implements Attribute {}

    /** Floating-point numbers. */
    record Reals(float... values) implements Attribute {}

    /** Whole numbers. */
    record Wholes(long... values) implements Attribute {}

    /** Texts. */
    record Texts(List<String> values) implements Attribute {}

    /** The setting of this name of the function around the call. */
    record Reference(String name) implements Attribute {}

    /** A value of a form that is not read, such as sparse tensors, types, and lists of tensors or graphs. */
    record Unread(String form) implements Attribute {}

    /** Reads an attribute and adds it under its name. */
    static void read(WireReader in, Map<String, Attribute> into) {
        String name = "";
        String reference = "";
        long type = 0;
        Attribute single = null;
        List<ByteBuffer> reals = new ArrayList<>();
        List<ByteBuffer> wholes = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        String unread = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 2 -> single = new Real(in.real());
                case 3 -> single = new Whole(in.whole());
                case 4 -> single = new Text(in.text());
                case 5 -> single = new Numbers(TensorProto.read(in.message()));
                case 6 -> single = new Subgraph(GraphProto.read(in.message()));
                case 7 -> reals.add(in.numbers());
                case 8 -> wholes.add(in.numbers());
                case 9 -> texts.add(in.text());
                case 10, 11, 14, 15, 22, 23 -> unread = form(in.field());
                case 20 -> type = in.whole();
                case 21 -> reference = in.text();
                default -> {}
            }
        }
        Attribute value;
        if (!reference.isEmpty()) {
            value = new Reference(reference);
        } else if (!unread.isEmpty()) {
            value = new Unread(unread);
        } else if (single != null) {
            value = single;
        } else if (type == Type.FLOATS || !reals.isEmpty()) {
            value = new Reals(floats(reals));
        } else if (type == Type.STRINGS || !texts.isEmpty()) {
            value = new Texts(texts);
        } else {
            value = empty((int) type, in.wholes(wholes));
        }
        into.put(name, value);
    }

    /** The numbers by which files tell the form of an attribute. */
    final class Type {
        static final int FLOAT = 1;
        static final int INT = 2;
        static final int STRING = 3;
        static final int TENSOR = 4;
        static final int GRAPH = 5;
        static final int FLOATS = 6;
        static final int INTS = 7;
        static final int STRINGS = 8;

        private Type() {}
    }

    private static String form(int field) {
        return switch (field) {
            case 10 -> "a list of tensors";
            case 11 -> "a list of graphs";
            case 14, 15 -> "a type";
            default -> "a sparse tensor";
        };
    }

    private static float[] floats(List<ByteBuffer> pieces) {
        FloatBuffer all = WireReader.joined(pieces).asFloatBuffer();
        float[] values = new float[all.remaining()];
        all.get(values);
        return values;
    }

    /** Numbers and texts that are zero or empty may stand in a file without any value. */
    private static Attribute empty(int type, long... wholes) {
        return switch (type) {
            case Type.FLOAT -> new Real(0);
            case Type.INT -> new Whole(0);
            case Type.STRING -> new Text("");
            default -> new Wholes(wholes);
        };
    }

    /** Writes the attribute under a name. */
    default void write(String name, WireWriter out) {
        out.text(1, name);
        int type;
        if (this instanceof Real real) {
            type = Type.FLOAT;
            out.real(2, real.value());
        } else if (this instanceof Whole whole) {
            type = Type.INT;
            out.whole(3, whole.value());
        } else if (this instanceof Text text) {
            type = Type.STRING;
            out.always(4, text.value());
        } else if (this instanceof Numbers numbers) {
            type = Type.TENSOR;
            WireWriter inner = new WireWriter();
            numbers.value().write(inner);
            out.message(5, inner);
        } else if (this instanceof Subgraph subgraph) {
            type = Type.GRAPH;
            WireWriter inner = new WireWriter();
            subgraph.value().write(inner);
            out.message(6, inner);
        } else if (this instanceof Reals reals) {
            type = Type.FLOATS;
            for (float value : reals.values()) {
                out.real(7, value);
            }
        } else if (this instanceof Wholes wholes) {
            type = Type.INTS;
            out.each(8, wholes.values());
        } else if (this instanceof Texts texts) {
            type = Type.STRINGS;
            texts.values().forEach(value -> out.always(9, value));
        } else {
            throw new IllegalArgumentException("an attribute of this form is not written: " + this);
        }
        out.whole(20, type);
    }
}
