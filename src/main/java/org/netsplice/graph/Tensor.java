package org.netsplice.graph;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.Supplier;

/** Numbers in row-major order, each exactly as its element type has it. Immutable. */
public final class Tensor {
    private final DType dtype;
    private final Shape shape;
    private final Storage numbers;

    private Tensor(DType dtype, Shape shape, Storage numbers) {
        if (!shape.known() || shape.elements() != numbers.length()) {
            throw new IllegalArgumentException(numbers.length() + " values for shape " + shape);
        }
        this.dtype = dtype;
        this.shape = shape;
        this.numbers = numbers;
    }

    /** A tensor over a copy of {@code values}. */
    public static Tensor of(Shape shape, float... values) {
        return new Tensor(DType.FLOAT32, shape, new Storage.Floats(values.clone()));
    }

    /** A tensor over {@code values} itself, or a copy in another Java type; the caller must not change the array afterwards. */
    public static Tensor owning(DType dtype, Shape shape, float[] values) {
        return switch (dtype.form()) {
            case FLOAT -> new Tensor(dtype, shape, new Storage.Floats(values));
            case DOUBLE -> {
                double[] wide = new double[values.length];
                for (int i = 0; i < wide.length; i++) {
                    wide[i] = values[i];
                }
                yield new Tensor(dtype, shape, new Storage.Doubles(wide));
            }
            case WHOLE -> {
                long[] whole = new long[values.length];
                for (int i = 0; i < whole.length; i++) {
                    whole[i] = (long) values[i];
                }
                yield owning(dtype, shape, whole);
            }
        };
    }

    /** A tensor of type float64 over {@code values} itself. */
    public static Tensor owning(Shape shape, double[] values) {
        return new Tensor(DType.FLOAT64, shape, new Storage.Doubles(values));
    }

    /** A tensor of whole numbers of 32 or 64 bits over {@code values} itself, each within the range of the type. */
    public static Tensor owning(DType dtype, Shape shape, long[] values) {
        if (dtype.form() != DType.Form.WHOLE) {
            throw new IllegalArgumentException("long numbers for " + dtype.text());
        }
        return new Tensor(dtype, shape, new Storage.Longs(dtype == DType.UINT64, values));
    }

    /**
     * A tensor of type float32 whose numbers are made again whenever they are asked for and take no memory between: right for numbers that
     * are read once, all together, by {@link #toArray} or {@link #view}.
     *
     * @param numbers gives the same numbers every time, as many as the shape has
     */
    public static Tensor computed(Shape shape, Supplier<float[]> numbers) {
        return new Tensor(DType.FLOAT32, shape, new Storage.Computed((int) shape.elements(), numbers));
    }

    /** The element type. */
    public DType dtype() {
        return dtype;
    }

    /** The shape; every size is known. */
    public Shape shape() {
        return shape;
    }

    /** The number of elements. */
    public int length() {
        return numbers.length();
    }

    /** The element at a row-major index, rounded to float32. */
    public float at(int index) {
        return (float) numbers.at(index);
    }

    /** The element at a row-major index; whole numbers above 2⁵³ are rounded. */
    public double numberAt(int index) {
        return numbers.at(index);
    }

    /** The element at a row-major index as a whole number: fractions are cut off, and uint64 gives its bits. */
    public long wholeAt(int index) {
        return numbers.wholeAt(index);
    }

    /** All elements rounded to float32, a copy. */
    public float[] toArray() {
        if (numbers instanceof Storage.Floats floats) {
            return floats.values().clone();
        } else if (numbers instanceof Storage.Computed computed) {
            return computed.made().values();
        }
        float[] values = new float[length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = at(i);
        }
        return values;
    }

    /** All elements, whole numbers above 2⁵³ rounded, a copy. */
    public double[] toDoubles() {
        double[] values = new double[length()];
        Storage held = numbers instanceof Storage.Computed computed ? computed.made() : numbers;
        for (int i = 0; i < values.length; i++) {
            values[i] = held.at(i);
        }
        return values;
    }

    /** All elements as whole numbers, as {@link #wholeAt} gives them, a copy. */
    public long[] toWholes() {
        long[] values = new long[length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.wholeAt(i);
        }
        return values;
    }

    /** All elements rounded to float32, read only; without a copy where they are held so. */
    public FloatBuffer view() {
        return FloatBuffer.wrap(numbers instanceof Storage.Floats floats ? floats.values() : toArray())
                .asReadOnlyBuffer();
    }

    /** Rows {@code from} to {@code to} of the first axis, a copy. */
    public Tensor rows(long from, long to) {
        int row = shape.size(0) == 0 ? 0 : (int) (length() / shape.size(0));
        return new Tensor(
                dtype,
                shape.withBatch(to - from),
                numbers.range(Math.toIntExact(from * row), Math.toIntExact(to * row)));
    }

    /** The same numbers in another shape of as many elements. */
    public Tensor reshaped(Shape other) {
        return new Tensor(dtype, other, numbers);
    }

    /** Tensors of one type joined along the first axis; the other sizes are equal. */
    public static Tensor joined(List<Tensor> parts) {
        long rows = parts.stream().mapToLong(part -> part.shape.size(0)).sum();
        return new Tensor(
                parts.get(0).dtype,
                parts.get(0).shape.withBatch(rows),
                parts.get(0)
                        .numbers
                        .joined(parts.stream().map(part -> part.numbers).toList()));
    }

    /** The elements at these places, in another shape. */
    public Tensor picked(Shape other, int... places) {
        return new Tensor(dtype, other, numbers.picked(places));
    }

    /** Whether every number is finite. */
    public boolean finite() {
        return numbers.finite();
    }

    /** Equal when shape, type and every bit of the numbers are. */
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(Object other) {
        if (!(other instanceof Tensor tensor)) {
            return false;
        }
        return numbers == tensor.numbers
                || (dtype == tensor.dtype && shape.equals(tensor.shape) && numbers.same(tensor.numbers));
    }

    @Override
    public int hashCode() {
        return 31 * shape.hashCode() + numbers.hash();
    }

    @Override
    public String toString() {
        return dtype.text() + shape;
    }
}
