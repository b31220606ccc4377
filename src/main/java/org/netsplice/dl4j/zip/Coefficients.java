package org.netsplice.dl4j.zip;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.netsplice.container.Guard;
import org.netsplice.container.Half;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;

/**
 * Reads {@code coefficients.bin}: two buffers, first what ND4J knows about the shape, then the numbers. A buffer is a text that says how
 * long its length is, the length, the name of the element type, and the elements, all big-endian. Every length is compared with what is
 * there before anything is allocated.
 */
final class Coefficients {
    /** The name of the entry. */
    static final String ENTRY = "coefficients.bin";

    /** The bytes of a length, by the word before it. */
    private static final Map<String, Integer> LENGTHS = Map.of(
            "DIRECT", Integer.BYTES,
            "HEAP", Integer.BYTES,
            "JAVACPP", Integer.BYTES,
            "LONG_SHAPE", Long.BYTES,
            "MIXED_DATA_TYPES", Long.BYTES);

    private static final Map<String, Integer> SIZES = Map.of(
            "HALF",
            Short.BYTES,
            "FLOAT",
            Float.BYTES,
            "DOUBLE",
            Double.BYTES,
            "INT",
            Integer.BYTES,
            "LONG",
            Long.BYTES);

    private static final int MOST_AXES = 32;

    private final ByteBuffer content;
    private final String file;

    private final String entry;

    private Coefficients(ByteBuffer content, String file, String entry) {
        this.content = content;
        this.file = file;
        this.entry = entry;
    }

    /** The beginning of a buffer. */
    private record Start(String type, int length) {}

    /**
     * All numbers in their order, as a tensor with one axis of type float16, float32 or float64.
     *
     * @throws ModelException.Invalid when the entry breaks the format
     */
    static Tensor read(byte[] content, String file) {
        Coefficients all = new Coefficients(ByteBuffer.wrap(content), file, ENTRY);
        Tensor numbers = all.read();
        if (all.content.hasRemaining()) {
            throw all.invalid("goes on behind its last number");
        }
        return numbers;
    }

    /** The next array of an entry that holds several, as a tensor with one axis. */
    static Tensor next(ByteBuffer content, String file, String entry) {
        return new Coefficients(content, file, entry).read();
    }

    private Tensor read() {
        long declared = elements();
        Start start = start("the numbers");
        if (declared != start.length()) {
            throw invalid("says that it has " + declared + " numbers, and holds " + start.length());
        }
        Shape shape = Shape.of(start.length());
        int end = content.position() + start.length() * SIZES.get(start.type());
        switch (start.type()) {
            case "DOUBLE" -> {
                double[] values = new double[start.length()];
                content.asDoubleBuffer().get(values);
                content.position(end);
                return Tensor.owning(shape, values);
            }
            case "FLOAT" -> {
                float[] values = new float[start.length()];
                content.asFloatBuffer().get(values);
                content.position(end);
                return Tensor.owning(DType.FLOAT32, shape, values);
            }
            case "HALF" -> {
                float[] values = new float[start.length()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = Half.toFloat(content.getShort());
                }
                return Tensor.owning(DType.FLOAT16, shape, values);
            }
            default -> throw invalid("holds elements of type " + start.type() + ", which no parameters have");
        }
    }

    /** The number of elements that the first buffer, what ND4J knows about the shape, speaks of. */
    private long elements() {
        Start start = start("the shape");
        if (!start.type().equals("INT") && !start.type().equals("LONG")) {
            throw invalid("has a shape of type " + start.type());
        }
        long[] values = new long[start.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = start.type().equals("INT") ? content.getInt() : content.getLong();
        }
        long rank = values.length == 0 ? -1 : values[0];
        if (rank < 0 || rank > MOST_AXES || values.length < 2 * rank + 4) {
            throw invalid("has a shape that is none");
        }
        long elements = 1;
        for (int axis = 1; axis <= rank; axis++) {
            long size = values[axis];
            if (size < 0 || size > Integer.MAX_VALUE || elements * size > Integer.MAX_VALUE) {
                throw invalid("has a shape that is none");
            }
            elements *= size;
        }
        return elements;
    }

    private Start start(String what) {
        String mode = text(what);
        Integer bytes = LENGTHS.get(mode);
        if (bytes == null) {
            throw invalid("does not begin " + what + " as DL4J does");
        }
        require(bytes, what);
        long length = bytes == Integer.BYTES ? content.getInt() : content.getLong();
        String type = text(what);
        Integer size = SIZES.get(type);
        if (size == null) {
            throw invalid("holds elements of an unknown type");
        }
        if (length < 0 || length > content.remaining() / size) {
            throw invalid("says that " + length + " elements of " + size + " bytes follow for " + what + ", but "
                    + content.remaining() + " bytes are left");
        }
        return new Start(type, (int) length);
    }

    private String text(String what) {
        require(Short.BYTES, what);
        int length = Short.toUnsignedInt(content.getShort());
        require(length, what);
        byte[] text = new byte[length];
        content.get(text);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private void require(int bytes, String what) {
        if (content.remaining() < bytes) {
            throw invalid("ends in the middle of " + what);
        }
    }

    private ModelException.Invalid invalid(String what) {
        return Guard.invalid(file, entry, what);
    }
}
