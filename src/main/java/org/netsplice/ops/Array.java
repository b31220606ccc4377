package org.netsplice.ops;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A row-major array in native memory, the argument and result of operations. Its numbers are float32, float64 or 64-bit integers. An
 * operation takes arrays of any of these forms and computes in the widest among them; operations that give fractions turn whole numbers
 * into float32 first. Operations never change their arguments.
 */
public final class Array {
    /** The type of an array's numbers, from narrow to wide in the order in which Keras promotes types. */
    public enum Form {
        /** Integers of 64 bits. */
        WHOLE(DataType.INT64),
        /** Floating-point numbers of 32 bits. */
        FLOAT(DataType.FLOAT),
        /** Floating-point numbers of 64 bits. */
        DOUBLE(DataType.DOUBLE);

        private final DataType type;

        Form(DataType type) {
            this.type = type;
        }

        /** The wider of two forms. */
        public Form with(Form other) {
            return compareTo(other) >= 0 ? this : other;
        }

        /** This form, or float32 for whole numbers. */
        public Form real() {
            return this == WHOLE ? FLOAT : this;
        }
    }

    private final INDArray nd;

    private Array(INDArray nd) {
        this.nd = nd;
    }

    /** Wraps a native array without copying it; one of another type than the three forms is converted. */
    public static Array wrap(INDArray nd) {
        DataType type = nd.dataType();
        if (type == DataType.FLOAT || type == DataType.DOUBLE || type == DataType.INT64) {
            return new Array(nd);
        }
        return new Array(nd.castTo(type.isFPType() ? DataType.FLOAT : DataType.INT64));
    }

    /** Copies numbers into native memory. */
    public static Array of(float[] values, long... sizes) {
        check(values.length, sizes);
        return new Array(Nd4j.create(values, sizes, 'c'));
    }

    /** Copies numbers into native memory. */
    public static Array of(double[] values, long... sizes) {
        check(values.length, sizes);
        if (values.length == 0) {
            return zeros(sizes);
        }
        return new Array(Nd4j.create(values, sizes, 'c'));
    }

    /** Copies whole numbers into native memory. */
    public static Array of(long[] values, long... sizes) {
        check(values.length, sizes);
        if (values.length == 0) {
            return zeros(sizes);
        }
        return new Array(Nd4j.create(values, sizes, DataType.INT64));
    }

    /** Numbers in the form of another array, or float32 where that holds whole numbers. */
    public static Array like(Array x, double[] values, long... sizes) {
        return of(values, sizes).as(x.form().real());
    }

    private static void check(int count, long... sizes) {
        long product = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        require(product == count, count + " numbers for " + Arrays.toString(sizes));
    }

    /** Zeros of type float32. */
    public static Array zeros(long... sizes) {
        if (Arrays.stream(sizes).anyMatch(size -> size == 0)) {
            return of(new float[0], sizes);
        }
        return new Array(Nd4j.create(DataType.FLOAT, sizes, 'c'));
    }

    /** The widest form among arrays. */
    public static Form form(List<Array> arrays) {
        return arrays.stream().map(Array::form).reduce(Form.WHOLE, Form::with);
    }

    /** The type of its numbers. */
    public Form form() {
        DataType type = nd.dataType();
        return type == DataType.FLOAT ? Form.FLOAT : type == DataType.DOUBLE ? Form.DOUBLE : Form.WHOLE;
    }

    /** The same numbers in another form, rounded or truncated if needed. */
    public Array as(Form form) {
        if (form() == form || nd.isEmpty()) {
            return this;
        }
        Array cast = new Array(nd.castTo(form.type));
        return form == Form.WHOLE
                ? Tape.obstacle("cutting off to whole numbers", cast, this)
                : Tape.note("cast", cast, Tape.share(this, g -> g));
    }

    /** The same numbers, whole ones as float32. */
    public Array real() {
        return as(form().real());
    }

    /** The native array itself. */
    public INDArray unwrap() {
        return nd;
    }

    /** The sizes of the axes. */
    public long[] sizes() {
        return nd.shape();
    }

    /** The number of axes. */
    public int rank() {
        return nd.rank();
    }

    /** The size of an axis; negative axes count from the end. */
    public long size(int axis) {
        return nd.size(axis);
    }

    /** The number of values, which is the product of the sizes. */
    public long length() {
        return nd.length();
    }

    /** The numbers in row-major order as float32, a copy. */
    public float[] values() {
        return nd.isEmpty() ? new float[0] : buffer().asFloat();
    }

    /** The numbers in row-major order as float64, a copy. */
    public double[] doubles() {
        return nd.isEmpty() ? new double[0] : buffer().asDouble();
    }

    /** The numbers in row-major order as whole numbers, fractions cut off, a copy. */
    public long[] wholes() {
        if (form() == Form.WHOLE) {
            return nd.isEmpty() ? new long[0] : buffer().asLong();
        }
        double[] values = doubles();
        long[] wholes = new long[values.length];
        for (int i = 0; i < wholes.length; i++) {
            wholes[i] = (long) values[i];
        }
        return wholes;
    }

    /** The same numbers with other sizes. */
    public Array reshape(long... sizes) {
        long product = Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
        require(product == length(), "cannot reshape " + this + " to " + Arrays.toString(sizes));
        return product == 0
                ? zeros(sizes)
                : Tape.note("reshape", new Array(contiguous().reshape('c', sizes)), Tape.share(this, g -> g));
    }

    /** Applies a function with a derivative to every number, in double precision; whole numbers give float64. */
    public Array map(Curve curve) {
        return Tape.note("curve", mapped(curve.value()), Tape.share(this, g -> curve.back(g, this)));
    }

    /** Applies a function to every number, in double precision; whole numbers give float64. No gradient passes. */
    public Array map(DoubleUnaryOperator function) {
        return Tape.obstacle("function without a derivative", mapped(function), this);
    }

    private Array mapped(DoubleUnaryOperator function) {
        if (form() == Form.FLOAT) {
            float[] values = values();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) function.applyAsDouble(values[i]);
            }
            return of(values, sizes());
        }
        double[] values = doubles();
        for (int i = 0; i < values.length; i++) {
            values[i] = function.applyAsDouble(values[i]);
        }
        return of(values, sizes());
    }

    /** Applies a function to every number: {@code whole} to whole numbers, which stay whole. */
    public Array map(DoubleUnaryOperator real, LongUnaryOperator whole) {
        if (form() != Form.WHOLE) {
            return map(real);
        }
        long[] values = wholes();
        for (int i = 0; i < values.length; i++) {
            values[i] = whole.applyAsLong(values[i]);
        }
        return Tape.obstacle("function of whole numbers", of(values, sizes()), this);
    }

    /** The numbers at some indices in row-major order; a negative index stands for 0. */
    Array picked(int[] places, long... sizes) {
        return Tape.note(
                "pick",
                copied(places, sizes),
                Tape.share(this, g -> Arranging.summed(g, places, sizes()).as(form().real())));
    }

    private Array copied(int[] places, long... sizes) {
        switch (form()) {
            case FLOAT -> {
                float[] from = values();
                float[] picked = new float[places.length];
                for (int i = 0; i < picked.length; i++) {
                    picked[i] = places[i] < 0 ? 0 : from[places[i]];
                }
                return of(picked, sizes);
            }
            case DOUBLE -> {
                double[] from = doubles();
                double[] picked = new double[places.length];
                for (int i = 0; i < picked.length; i++) {
                    picked[i] = places[i] < 0 ? 0 : from[places[i]];
                }
                return of(picked, sizes);
            }
            default -> {
                long[] from = wholes();
                long[] picked = new long[places.length];
                for (int i = 0; i < picked.length; i++) {
                    picked[i] = places[i] < 0 ? 0 : from[places[i]];
                }
                return of(picked, sizes);
            }
        }
    }

    /** The native array in row-major order without gaps; a copy only where needed. It may be a part of a larger array. */
    INDArray contiguous() {
        return nd.isEmpty() || isPlain() ? nd : nd.dup('c');
    }

    private boolean isPlain() {
        return nd.ordering() == 'c' && org.nd4j.linalg.api.shape.Shape.strideDescendingCAscendingF(nd);
    }

    /** The numbers in row-major order and nothing else; a part of a larger array is copied. */
    private DataBuffer buffer() {
        return isPlain() && !nd.isView() ? nd.data() : nd.dup('c').data();
    }

    /** An uninitialized native array. */
    static INDArray empty(Form form, long... sizes) {
        return Nd4j.createUninitialized(form.type, sizes, 'c');
    }

    /** Checks arguments before they reach native code, which would crash; a failure is a bug in this program. */
    static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    @Override
    public String toString() {
        return "array " + Arrays.toString(nd.shape());
    }
}
