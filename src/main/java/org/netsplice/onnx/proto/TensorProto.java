package org.netsplice.onnx.proto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.container.Half;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * A tensor with its values.
 *
 * @param sizes the size of each axis
 * @param element the type of its elements by ONNX' number; 0 when not told
 * @param values the numbers, little-endian and without gaps, whichever field of the file holds them
 * @param form how {@code values} holds the numbers
 * @param texts its elements when they are texts
 * @param external where the numbers are when they stand in another file: {@code location}, {@code offset}, {@code length}
 */
public record TensorProto(
        String name,
        long[] sizes,
        int element,
        ByteBuffer values,
        Form form,
        List<String> texts,
        Map<String, String> external) {

    /** How the numbers of a tensor are held. */
    public enum Form {
        /** As the element type has them. */
        RAW,
        /** As 32-bit floating-point numbers, two for a complex number. */
        FLOATS,
        /** As 64-bit floating-point numbers, two for a complex number. */
        DOUBLES,
        /** As whole numbers of 64 bits; half precision by its bits. */
        WHOLES
    }

    /**
     * Reads a tensor that stands alone in a file.
     *
     * @param file its name, for messages
     */
    public static TensorProto read(ByteBuffer content, String file) {
        return read(WireReader.of(content, file));
    }

    static TensorProto read(WireReader in) {
        String name = "";
        List<ByteBuffer> sizes = new ArrayList<>();
        long element = 0;
        List<ByteBuffer> floats = new ArrayList<>();
        List<ByteBuffer> wholes = new ArrayList<>();
        List<ByteBuffer> doubles = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        ByteBuffer raw = null;
        Map<String, String> external = new LinkedHashMap<>();
        long location = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> sizes.add(in.numbers());
                case 2 -> element = in.whole();
                case 4 -> floats.add(in.numbers());
                case 5, 7, 11 -> wholes.add(in.numbers());
                case 6 -> texts.add(in.text());
                case 8 -> name = in.text();
                case 9 -> raw = in.bytes();
                case 10 -> doubles.add(in.numbers());
                case 13 -> in.entry(external);
                case 14 -> location = in.whole();
                default -> {}
            }
        }
        Form form = Form.RAW;
        ByteBuffer values = raw;
        if (raw == null) {
            form = !floats.isEmpty()
                    ? Form.FLOATS
                    : !doubles.isEmpty() ? Form.DOUBLES : wholes.isEmpty() ? Form.RAW : Form.WHOLES;
            values = switch (form) {
                case FLOATS -> WireReader.joined(floats);
                case DOUBLES -> WireReader.joined(doubles);
                case WHOLES -> encoded(in.wholes(wholes));
                case RAW -> ByteBuffer.allocate(0);
            };
        }
        boolean elsewhere = location == 1;
        return new TensorProto(
                name, in.wholes(sizes), (int) element, values, form, texts, elsewhere ? external : Map.of());
    }

    private static ByteBuffer encoded(long... values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(8, values.length)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        return bytes;
    }

    /** A tensor with the values of another; the numbers are written as its element type has them. */
    public static TensorProto of(String name, Tensor tensor) {
        DType dtype = tensor.dtype();
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(dtype.bytes(), tensor.length()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < tensor.length(); i++) {
            switch (dtype) {
                case FLOAT32 -> bytes.putFloat(tensor.at(i));
                case FLOAT64 -> bytes.putDouble(tensor.numberAt(i));
                case FLOAT16 -> bytes.putShort(Half.of(tensor.at(i)));
                case BFLOAT16 -> bytes.putShort((short) (Float.floatToRawIntBits(tensor.at(i)) >>> 16));
                case INT8, UINT8 -> bytes.put((byte) tensor.wholeAt(i));
                case BOOL -> bytes.put((byte) (tensor.at(i) == 0 ? 0 : 1));
                case INT16, UINT16 -> bytes.putShort((short) tensor.wholeAt(i));
                case INT32, UINT32 -> bytes.putInt((int) tensor.wholeAt(i));
                case INT64, UINT64 -> bytes.putLong(tensor.wholeAt(i));
                case STRING -> throw new IllegalArgumentException("texts are not written");
            }
        }
        return new TensorProto(
                name,
                tensor.shape().sizes(),
                ElementType.of(dtype).number(),
                bytes.flip(),
                Form.RAW,
                List.of(),
                Map.of());
    }

    /**
     * The numbers as a tensor.
     *
     * @param file where they are from, for messages
     * @throws ModelException.Invalid when there are not as many numbers as the shape needs
     * @throws ModelException.Unsupported when the elements are no numbers that can be computed
     */
    public Tensor tensor(String file) {
        if (!external.isEmpty()) {
            throw new IllegalArgumentException("the numbers of " + name + " are in another file");
        }
        ElementType type = ElementType.numbered(element)
                .orElseThrow(() -> invalid(file, "has elements of type " + element + ", which ONNX does not have"));
        DType dtype = type.dtype()
                .filter(known -> known != DType.STRING)
                .orElseThrow(() -> new ModelException.Unsupported(Problem.error(
                        new Where.InFile(file, name),
                        "holds elements of type " + type.text() + ", which cannot be computed",
                        "Convert the model to float32, without quantisation.")));
        if (sizes.length > MOST_AXES) {
            throw invalid(file, "has " + sizes.length + " axes, more than " + MOST_AXES);
        }
        long count = 1;
        boolean empty = false;
        for (long size : sizes) {
            if (size < 0) {
                throw invalid(file, "has an axis of size " + size);
            }
            empty |= size == 0;
            count = size == 0 || count > LARGEST / size ? LARGEST + 1 : count * size;
        }
        count = empty ? 0 : count;
        int width = switch (form) {
            case RAW -> dtype.bytes();
            case FLOATS -> Float.BYTES;
            case DOUBLES, WHOLES -> Long.BYTES;
        };
        if (count > LARGEST || values.remaining() != count * width) {
            throw invalid(file, "of shape " + Shape.of(sizes) + " holds " + values.remaining() / width + " numbers");
        }
        return decoded(dtype, (int) count);
    }

    private static final long LARGEST = Integer.MAX_VALUE - 8;

    /** The most axes a tensor may have. */
    public static final int MOST_AXES = 32;

    private ModelException.Invalid invalid(String file, String what) {
        return new ModelException.Invalid(Problem.error(
                new Where.InFile(file, name.isEmpty() ? "a tensor" : name),
                what,
                "The file is damaged or not to be trusted; get it again from its source."));
    }

    private Tensor decoded(DType dtype, int count) {
        ByteBuffer in = values.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        Shape shape = Shape.of(sizes);
        switch (dtype.form()) {
            case DOUBLE -> {
                double[] numbers = new double[count];
                for (int i = 0; i < count; i++) {
                    numbers[i] =
                            form == Form.FLOATS ? in.getFloat() : form == Form.WHOLES ? in.getLong() : in.getDouble();
                }
                return Tensor.owning(shape, numbers);
            }
            case WHOLE -> {
                long[] numbers = new long[count];
                for (int i = 0; i < count; i++) {
                    numbers[i] = whole(dtype, in);
                }
                return Tensor.owning(dtype, shape, numbers);
            }
            default -> {
                float[] numbers = new float[count];
                for (int i = 0; i < count; i++) {
                    numbers[i] = small(dtype, in);
                }
                return Tensor.owning(dtype, shape, numbers);
            }
        }
    }

    private long whole(DType dtype, ByteBuffer in) {
        long value = switch (form) {
            case RAW -> dtype.bytes() == Integer.BYTES ? in.getInt() : in.getLong();
            case FLOATS -> (long) in.getFloat();
            case DOUBLES -> (long) in.getDouble();
            case WHOLES -> in.getLong();
        };
        return switch (dtype) {
            case INT32 -> (int) value;
            case UINT32 -> value & 0xffffffffL;
            default -> value;
        };
    }

    private float small(DType dtype, ByteBuffer in) {
        if (form == Form.FLOATS) {
            return in.getFloat();
        } else if (form == Form.DOUBLES) {
            return (float) in.getDouble();
        }
        long bits = form == Form.WHOLES
                ? in.getLong()
                : switch (dtype.bytes()) {
                    case 1 -> in.get();
                    case 2 -> in.getShort();
                    default -> in.getInt();
                };
        return switch (dtype) {
            case FLOAT16 -> Half.toFloat((short) bits);
            case BFLOAT16 -> Float.intBitsToFloat((int) bits << 16);
            case INT8 -> (byte) bits;
            case UINT8 -> bits & 0xff;
            case INT16 -> (short) bits;
            case UINT16 -> bits & 0xffff;
            case BOOL -> bits == 0 ? 0 : 1;
            default -> Float.intBitsToFloat((int) bits);
        };
    }

    /** The same tensor whose numbers stand in another file, as {@code location}, {@code offset} and {@code length} tell. */
    public TensorProto elsewhere(Map<String, String> where) {
        return new TensorProto(name, sizes, element, ByteBuffer.allocate(0), Form.RAW, texts, where);
    }

    void write(WireWriter out) {
        out.each(1, sizes);
        out.whole(2, element);
        texts.forEach(text -> out.always(6, text));
        out.text(8, name);
        if (external.isEmpty() && texts.isEmpty()) {
            switch (form) {
                case RAW -> out.bytes(9, values);
                case FLOATS -> out.bytes(4, values);
                case DOUBLES -> out.bytes(10, values);
                case WHOLES -> {
                    long[] wholes = new long[values.remaining() / Long.BYTES];
                    values.duplicate()
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .asLongBuffer()
                            .get(wholes);
                    boolean unsigned = element == ElementType.UINT32.number() || element == ElementType.UINT64.number();
                    out.wholes(element == ElementType.INT64.number() ? 7 : unsigned ? 11 : 5, wholes);
                }
            }
        }
        out.entries(13, external);
        if (!external.isEmpty()) {
            out.whole(14, 1);
        }
    }
}
