package org.netsplice.container;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** NumPy's {@code .npy} format, versions 1 to 3, as described in {@code numpy.lib.format}. Pickled arrays are refused. */
public final class Npy {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST_HEADER = 1 << 16;
    /** The most bytes that stand before the numbers. */
    static final int LARGEST_HEAD = LONGEST_HEADER + 12;
    /** The most axes an array of NumPy can have. */
    static final int MOST_AXES = 64;

    private static final Pattern DESCR = Pattern.compile("'descr':\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(([^)]*)\\)");

    private Npy() {}

    /** Whether these first bytes are those of an {@code .npy} file. */
    public static boolean recognises(byte[] head) {
        return head.length >= 6 && java.util.Arrays.equals(head, 0, 6, MAGIC, 0, 6);
    }

    /** Reads an array from a file of any size, block by block. */
    public static Tensor read(Path path) {
        String file = String.valueOf(path.getFileName());
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer head = ByteBuffer.allocate((int) Math.min(channel.size(), (long) LARGEST_HEAD));
            fill(channel, head);
            Header header = header(head.array(), file, "");
            channel.position(header.length());
            return header.read(channel.size() - header.length(), block -> fill(channel, block), file, "");
        } catch (IOException problem) {
            throw Guard.unreadable(file, problem);
        }
    }

    static void fill(ReadableByteChannel channel, ByteBuffer block) throws IOException {
        while (block.hasRemaining()) {
            if (channel.read(block) < 0) {
                throw new EOFException("the file ended early");
            }
        }
    }

    /**
     * Reads an array.
     *
     * @param file the file's name, for messages
     * @param inside the entry of an archive, for messages; may be empty
     */
    public static Tensor read(byte[] content, String file, String inside) {
        Header header = header(content, file, inside);
        ByteBuffer bytes = ByteBuffer.wrap(content).position(header.length());
        try {
            return header.read(
                    bytes.remaining(),
                    block -> {
                        int count = block.remaining();
                        block.put(bytes.slice().limit(count));
                        bytes.position(bytes.position() + count);
                    },
                    file,
                    inside);
        } catch (IOException problem) {
            throw Guard.unreadable(file, problem);
        }
    }

    static Header header(byte[] content, String file, String inside) {
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
        String text = new String(content, start, (int) length, StandardCharsets.UTF_8);
        return new Header(
                ElementType.of(group(DESCR, text, file, inside), file, inside),
                group(ORDER, text, file, inside).equals("True"),
                shape(group(SHAPE, text, file, inside), file, inside),
                start + (int) length);
    }

    /** The header of a file, and its length in bytes. */
    record Header(ElementType type, boolean fortran, Shape shape, int length) {

        Tensor read(long available, ElementType.Source source, String file, String inside) throws IOException {
            requireContent(available, file, inside);
            return read(source, file, inside);
        }

        /** Refuses an array with more numbers than bytes follow. */
        void requireContent(long available, String file, String inside) {
            if (shape.elements() < 0
                    || shape.elements() > available / type.dtype().bytes()) {
                throw Guard.invalid(
                        file, inside, "declares shape " + shape + ", but only " + available + " bytes follow");
            }
        }

        /** The header of some of its rows. */
        Header part(long rows) {
            return new Header(type, fortran, shape.withBatch(rows), length);
        }

        /** Reads numbers from a source that has enough of them. */
        Tensor read(ElementType.Source source, String file, String inside) throws IOException {
            long bytes = shape.elements() * wide();
            if (shape.elements() > Integer.MAX_VALUE
                    || bytes > Runtime.getRuntime().maxMemory()) {
                throw new ModelException.Unsupported(Problem.error(
                        new Where.InFile(file, inside),
                        "holds " + shape.elements() + " numbers, which need " + (bytes >> 20)
                                + " MB at once; the program has "
                                + (Runtime.getRuntime().maxMemory() >> 20) + " MB and takes at most "
                                + Integer.MAX_VALUE + " numbers",
                        "Cut the file into parts and predict them one after the other."));
            }
            Tensor tensor = type.read(shape, source);
            return fortran ? transposed(tensor) : tensor;
        }

        private int wide() {
            return type.dtype().form() == DType.Form.FLOAT ? Float.BYTES : Long.BYTES;
        }
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
        if (sizes.size() > MOST_AXES) {
            throw Guard.invalid(file, inside, "has " + sizes.size() + " axes, more than " + MOST_AXES);
        }
        return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
    }

    private static Tensor transposed(Tensor columnMajor) {
        Shape shape = columnMajor.shape();
        int[] places = new int[columnMajor.length()];
        long[] index = new long[shape.rank()];
        for (int i = 0; i < places.length; i++) {
            long from = 0;
            for (int axis = shape.rank() - 1; axis >= 0; axis--) {
                from = from * shape.size(axis) + index[axis];
            }
            places[i] = (int) from;
            for (int axis = shape.rank() - 1; axis >= 0 && ++index[axis] == shape.size(axis); axis--) {
                index[axis] = 0;
            }
        }
        return columnMajor.picked(shape, places);
    }

    /** Writes a tensor with its element type, little-endian, version 1. */
    public static void write(Tensor tensor, OutputStream out) throws IOException {
        writeHeader(tensor.dtype(), tensor.shape(), out);
        ElementType.write(tensor, out);
    }

    /** Writes what stands before the numbers of an array. */
    static void writeHeader(DType dtype, Shape shape, OutputStream out) throws IOException {
        StringBuilder sizes = new StringBuilder();
        for (long size : shape.sizes()) {
            sizes.append(size).append(", ");
        }
        String text = sizes.length() == 0 ? "" : sizes.substring(0, sizes.length() - (shape.rank() > 1 ? 2 : 1));
        String header =
                "{'descr': '" + ElementType.descr(dtype) + "', 'fortran_order': False, 'shape': (" + text + "), }";
        int padding = 64 - (MAGIC.length + 4 + header.length() + 1) % 64;
        byte[] bytes = (header + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        out.write(MAGIC);
        out.write(new byte[] {1, 0, (byte) bytes.length, (byte) (bytes.length >> 8)});
        out.write(bytes);
    }
}
