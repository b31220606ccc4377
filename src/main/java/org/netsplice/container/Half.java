package org.netsplice.container;

/** IEEE 754 half precision. */
public final class Half {
    private Half() {}

    /** The number with these 16 bits. */
    public static float toFloat(short half) {
        int bits = Short.toUnsignedInt(half);
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            float tiny = fraction * 0x1p-24f;
            return sign == 0 ? tiny : -tiny;
        }
        int wide = exponent == 31 ? 0xff : exponent + 112;
        return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
    }
}
