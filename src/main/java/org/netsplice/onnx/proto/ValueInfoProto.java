package org.netsplice.onnx.proto;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The type and shape of a value.
 *
 * @param form what the value is; {@code tensor}, or what ONNX calls another form, such as {@code sequence}; empty when not told
 * @param element the type of the elements of a tensor, by ONNX' number; 0 when not told
 * @param axes its axes; empty when not even their number is told
 */
public record ValueInfoProto(String name, String form, int element, Optional<List<Axis>> axes, String doc) {
    /** The form of a tensor. */
    public static final String TENSOR = "tensor";

    /**
     * One axis.
     *
     * @param size its size, or −1
     * @param symbol the name of a size that is not known, such as {@code batch}; may be empty
     */
    public record Axis(long size, String symbol) {

        /** An axis of this size. */
        public static Axis of(long size) {
            return new Axis(size, "");
        }

        /** An axis whose size has a name only. */
        public static Axis named(String symbol) {
            return new Axis(-1, symbol);
        }
    }

    /** A tensor. */
    public static ValueInfoProto tensor(String name, ElementType element, List<Axis> axes) {
        return new ValueInfoProto(name, TENSOR, element.number(), Optional.of(axes), "");
    }

    static ValueInfoProto read(WireReader in) {
        String name = "";
        String doc = "";
        Type type = new Type("", 0, Optional.empty());
        while (in.next()) {
            switch (in.field()) {
                case 1 -> name = in.text();
                case 2 -> type = Type.read(in.message());
                case 3 -> doc = in.text();
                default -> {}
            }
        }
        return new ValueInfoProto(name, type.form, type.element, type.axes, doc);
    }

    /** What a value is, without its name. */
    private record Type(String form, int element, Optional<List<Axis>> axes) {

        static Type read(WireReader in) {
            Type type = new Type("", 0, Optional.empty());
            while (in.next()) {
                type = switch (in.field()) {
                    case 1 -> tensor(in.message());
                    case 4 -> new Type("sequence", 0, Optional.empty());
                    case 5 -> new Type("map", 0, Optional.empty());
                    case 7 -> new Type("opaque value", 0, Optional.empty());
                    case 8 -> new Type("sparse tensor", 0, Optional.empty());
                    case 9 -> new Type("optional value", 0, Optional.empty());
                    default -> type;
                };
            }
            return type;
        }

        private static Type tensor(WireReader in) {
            int element = 0;
            Optional<List<Axis>> axes = Optional.empty();
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> element = (int) in.whole();
                    case 2 -> axes = Optional.of(axes(in.message()));
                    default -> {}
                }
            }
            return new Type(TENSOR, element, axes);
        }

        private static List<Axis> axes(WireReader in) {
            List<Axis> axes = new ArrayList<>();
            while (in.next()) {
                if (in.field() == 1) {
                    axes.add(axis(in.message()));
                }
            }
            return axes;
        }

        private static Axis axis(WireReader in) {
            Axis axis = Axis.named("");
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> axis = in.whole() < 0 ? Axis.named("") : Axis.of(in.whole());
                    case 2 -> axis = Axis.named(in.text());
                    default -> {}
                }
            }
            return axis;
        }
    }

    static void write(List<ValueInfoProto> values, int field, WireWriter out) {
        for (ValueInfoProto value : values) {
            WireWriter inner = new WireWriter();
            value.write(inner);
            out.message(field, inner);
        }
    }

    private void write(WireWriter out) {
        out.text(1, name);
        if (form.equals(TENSOR)) {
            WireWriter tensor = new WireWriter();
            tensor.whole(1, element);
            axes.ifPresent(known -> tensor.message(2, shape(known)));
            WireWriter type = new WireWriter();
            type.message(1, tensor);
            out.message(2, type);
        }
        out.text(3, doc);
    }

    private static WireWriter shape(List<Axis> axes) {
        WireWriter shape = new WireWriter();
        for (Axis axis : axes) {
            WireWriter size = new WireWriter();
            if (axis.size() >= 0) {
                size.whole(1, axis.size());
            } else {
                size.text(2, axis.symbol());
            }
            shape.message(1, size);
        }
        return shape;
    }
}
