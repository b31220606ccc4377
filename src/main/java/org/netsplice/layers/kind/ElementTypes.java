package org.netsplice.layers.kind;

import java.util.List;
import org.netsplice.graph.DType;
import org.netsplice.ops.Array;
import org.netsplice.ops.Curve;
import org.netsplice.ops.Tape;

/** Element types of arrays: how numbers become those of another type, and which type two have in common. */
public final class ElementTypes {
    private static final List<DType> SIGNED = List.of(DType.INT8, DType.INT16, DType.INT32, DType.INT64);
    private static final List<DType> UNSIGNED = List.of(DType.UINT8, DType.UINT16, DType.UINT32, DType.UINT64);

    private ElementTypes() {}

    /** The form in which numbers of a type are computed. */
    public static Array.Form form(DType type) {
        return type == DType.FLOAT64 ? Array.Form.DOUBLE : type.floating() ? Array.Form.FLOAT : Array.Form.WHOLE;
    }

    /** Converts numbers to another type: rounded to its precision, truncated, or wrapped around where they exceed its range. */
    public static Array as(Array x, DType type) {
        return switch (type) {
            case FLOAT32, FLOAT64 -> x.as(form(type));
            case FLOAT16 -> x.as(Array.Form.FLOAT).map(new Curve(ElementTypes::float16, v -> 1));
            case BFLOAT16 -> x.as(Array.Form.FLOAT).map(new Curve(ElementTypes::bfloat16, v -> 1));
            case BOOL -> x.map(v -> v == 0 ? 0 : 1, v -> v == 0 ? 0 : 1).as(Array.Form.WHOLE);
            case INT64, UINT64 -> x.form() == Array.Form.WHOLE ? x : cutOff(x, type);
            default -> x.form() == Array.Form.WHOLE ? x.map(v -> v, v -> wrapped(v, type)) : cutOff(x, type);
        };
    }

    private static Array cutOff(Array x, DType type) {
        double[] values = x.doubles();
        long[] wholes = new long[values.length];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = cutOff(values[i], type);
        }
        return Tape.obstacle("cutting off to whole numbers", Array.of(wholes, x.sizes()), x);
    }

    /** Converts as processors do: what does not fit into 64 bits, or 32 for shorter types, becomes the smallest number, and is then wrapped. */
    static long cutOff(double value, DType type) {
        boolean wide = type.bytes() == 8 || type == DType.UINT32;
        double limit = wide ? 0x1p63 : 0x1p31;
        boolean fits = value > -limit - (wide ? 0 : 1) && value < limit;
        return wrapped(fits ? (long) value : wide ? Long.MIN_VALUE : Integer.MIN_VALUE, type);
    }

    /** A whole number in the range of a type, wrapped around as in two's complement. */
    static long wrapped(long value, DType type) {
        return switch (type) {
            case INT8 -> (byte) value;
            case UINT8 -> value & 0xff;
            case INT16 -> (short) value;
            case UINT16 -> value & 0xffff;
            case INT32 -> (int) value;
            case UINT32 -> value & 0xffffffffL;
            default -> value;
        };
    }

    /** The nearest number of IEEE 754 half precision, of two equally near ones the even one. */
    public static double float16(double value) {
        double size = Math.abs(value);
        if (!(size < 65520)) {
            return Double.isNaN(value) ? value : Math.copySign(Double.POSITIVE_INFINITY, value);
        }
        double unit = size < 0x1p-14 ? 0x1p-24 : Math.scalb(1.0, Math.getExponent(value) - 10);
        return Math.rint(value / unit) * unit;
    }

    /** The nearest number with the exponent of float32 and 8 digits, of two equally near ones the even one. */
    public static double bfloat16(double value) {
        int bits = Float.floatToRawIntBits((float) value);
        if (!Double.isFinite(value)) {
            return value;
        }
        return Float.intBitsToFloat((bits + 0x7fff + (bits >>> 16 & 1)) & 0xffff0000);
    }

    /** The type that holds the numbers of both, as Keras promotes types. */
    public static DType common(DType one, DType two) {
        if (one == two || two == DType.BOOL) {
            return one;
        }
        if (one == DType.BOOL) {
            return two;
        }
        if (one.floating() && two.floating()) {
            return one.half() && two.half() ? DType.FLOAT32 : one.bytes() > two.bytes() ? one : two;
        }
        if (one.floating() || two.floating()) {
            return one.floating() ? one : two;
        }
        int signed = Math.max(SIGNED.indexOf(one), SIGNED.indexOf(two));
        int unsigned = Math.max(UNSIGNED.indexOf(one), UNSIGNED.indexOf(two));
        if (signed < 0) {
            return UNSIGNED.get(unsigned);
        }
        int needed = Math.max(signed, unsigned + 1);
        return needed < SIGNED.size() ? SIGNED.get(needed) : DType.FLOAT32;
    }

    /** The type, or float32 where it has no fractions. */
    public static DType real(DType type) {
        return type.floating() ? type : DType.FLOAT32;
    }
}
