package org.netsplice.container;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** NumPy's {@code .npy} format, versions 1 to 3, as described in {@code numpy.lib.format}. Pickled arrays are refused. */
public final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    private static final Pattern DESCR = Pattern.compile("'descr':\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([^)]*)\\)");

    private Npy() {}

    /** Whether these first bytes are those of an {@code .npy} file. */
    public static boolean recognises(byte[] head) {
        return head.length >= 6 && java.util.Arrays.equals(head, 0, 6, MAGIC, 0, 6);
    }

    /**
     * Reads an array.
     *
     * @param file the file's name, for messages
     * @param inside the entry of an archive, for messages; may be empty
     */
    public static Tensor read(byte[] content, String file, String inside) {
        if (!recognises(content) || content.length < 12) {
            throw Guard.invalid(file, inside, "is not an .npy file");
        }
        ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        boolean first = content[6] == 1;
        long length = first ? Short.toUnsignedInt(buffer.getShort(8)) : Integer.toUnsignedLong(buffer.getInt(8));
        int start = first ? 10 : 12;
        if (content[6] < 1 || content[6] > 3 || length > LONGEST_HEADER || start + length > content.length) {
            throw Guard.invalid(file, inside, "has a damaged .npy header");
        }
        String header = new String(content, start, (int) length, StandardCharsets.UTF_8);
        ElementType type = ElementType.of(group(DESCR, header, file, inside), file, inside);
        boolean fortran = group(ORDER, header, file, inside).equals("True");
        Shape shape = shape(group(SHAPE, header, file, inside), file, inside);
        int offset = start + (int) length;
        long bytes = shape.elements() > Integer.MAX_VALUE ? Long.MAX_VALUE : shape.elements() * type.bytes();
        if (bytes > content.length - offset) {
            throw Guard.invalid(
                    file,
                    inside,
                    "declares shape " + shape + ", but only " + (content.length - offset) + " bytes follow");
        }
        float[] values = type.read(buffer, offset, (int) shape.elements());
        return Tensor.owning(type.dtype(), shape, fortran ? transposed(values, shape) : values);
    }

    private static String group(Pattern pattern, String header, String file, String inside) {
        Matcher matcher = pattern.matcher(header);
        if (!matcher.find()) {
            if (pattern == DESCR) {
                throw Guard.invalid(file, inside, "holds records instead of plain numbers");
            }
            throw Guard.invalid(file, inside, "has a damaged .npy header");
        }
        return matcher.group(1);
    }

    private static Shape shape(String text, String file, String inside) {
        List<Long> sizes = new ArrayList<>();
        for (String part : text.split(",")) {
            String digits = part.strip().replace("L", "");
            if (!digits.isEmpty()) {
                if (!digits.matches("\\d{1,18}")) {
                    throw Guard.invalid(file, inside, "has the impossible size \"" + part.strip() + "\"");
                }
                sizes.add(Long.parseLong(digits));
            }
        }
        return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
    }

    private static float[] transposed(float[] columnMajor, Shape shape) {
        float[] values = new float[columnMajor.length];
        long[] index = new long[shape.rank()];
        for (int i = 0; i < values.length; i++) {
            long from = 0;
            for (int axis = shape.rank() - 1; axis >= 0; axis--) {
                from = from * shape.size(axis) + index[axis];
            }
            values[i] = columnMajor[(int) from];
            for (int axis = shape.rank() - 1; axis >= 0 && ++index[axis] == shape.size(axis); axis--) {
                index[axis] = 0;
            }
        }
        return values;
    }

    /** Writes a tensor as little-endian float32, version 1. */
    public static void write(Tensor tensor, OutputStream out) throws IOException {
        StringBuilder sizes = new StringBuilder();
        for (long size : tensor.shape().sizes()) {
            sizes.append(size).append(", ");
        }
        String text = sizes.length() == 0
                ? ""
                : sizes.substring(0, sizes.length() - (tensor.shape().rank() > 1 ? 2 : 1));
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + text + "), }";
        int padding = 64 - (MAGIC.length + 4 + header.length() + 1) % 64;
        byte[] bytes = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        out.write(MAGIC);
        out.write(new byte[] {1, 0, (byte) bytes.length, (byte) (bytes.length >> 8)});
        out.write(bytes);
        writeFloats(tensor, out);
    }

    /** Writes the numbers alone, little-endian float32. */
    static void writeFloats(Tensor tensor, OutputStream out) throws IOException {
        FloatBuffer values = tensor.view();
        ByteBuffer block = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        while (values.hasRemaining()) {
            block.clear();
            while (values.hasRemaining() && block.remaining() >= 4) {
                block.putFloat(values.get());
            }
            out.write(block.array(), 0, block.position());
        }
    }
}
