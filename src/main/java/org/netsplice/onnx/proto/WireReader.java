package org.netsplice.onnx.proto;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/**
 * Reads the fields of one message in protobuf's wire format, in their order. Blocks of bytes are views of the file, never copies.
 * Source: protobuf.dev, "Encoding".
 */
final class WireReader {
    /** How deeply messages may stand inside messages; networks need about 10, and 6 more for each graph inside a graph. */
    static final int DEEPEST = 100;

    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int BLOCK = 2;
    private static final int FOUR_BYTES = 5;

    private final ByteBuffer bytes;
    private final String file;
    private final long start;
    private final int depth;
    private int field;
    private int type;
    private long number;
    private ByteBuffer block;

    private WireReader(ByteBuffer bytes, String file, long start, int depth) {
        this.bytes = bytes;
        this.file = file;
        this.start = start;
        this.depth = depth;
        this.block = bytes;
    }

    /** Reads the outermost message of a file. */
    static WireReader of(ByteBuffer content, String file) {
        return new WireReader(content.slice().order(ByteOrder.LITTLE_ENDIAN), file, 0, 0);
    }

    /** Reads the next field, and tells whether there was one. */
    boolean next() {
        if (!bytes.hasRemaining()) {
            return false;
        }
        long tag = varint(bytes);
        field = (int) (tag >>> 3);
        type = (int) tag & 7;
        if (tag >>> 3 < 1 || tag >>> 3 >= 1 << 29) {
            throw damaged("has a field with the number " + (tag >>> 3) + ", which no message has");
        }
        int begin = bytes.position();
        switch (type) {
            case VARINT -> {
                number = varint(bytes);
                block = bytes.slice(begin, bytes.position() - begin);
            }
            case EIGHT_BYTES -> take(8);
            case BLOCK -> {
                long length = varint(bytes);
                if (length < 0 || length > bytes.remaining()) {
                    throw damaged("ends before a part of " + Long.toUnsignedString(length) + " bytes does");
                }
                take((int) length);
            }
            case FOUR_BYTES -> take(4);
            default -> throw damaged("has a field of the form " + type + ", which ONNX does not use");
        }
        return true;
    }

    private void take(int length) {
        if (length > bytes.remaining()) {
            throw damaged("ends within a number");
        }
        block = bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(bytes.position() + length);
    }

    /** The number of the present field. */
    int field() {
        return field;
    }

    /** The whole number that the field holds. */
    long whole() {
        require(VARINT);
        return number;
    }

    /** The 32-bit floating-point number that the field holds. */
    float real() {
        require(FOUR_BYTES);
        return block.getFloat(0);
    }

    /** The bytes that the field holds. */
    ByteBuffer bytes() {
        require(BLOCK);
        return block;
    }

    /** The text that the field holds; what is no UTF-8 becomes the replacement character. */
    String text() {
        require(BLOCK);
        return StandardCharsets.UTF_8.decode(block.duplicate()).toString();
    }

    /** The message that the field holds. */
    WireReader message() {
        require(BLOCK);
        if (depth == DEEPEST) {
            throw damaged("holds more than " + DEEPEST + " parts inside each other");
        }
        return new WireReader(block, file, start + bytes.position() - block.capacity(), depth + 1);
    }

    /** The encoded numbers of a repeated field, of which one or several stand here. */
    ByteBuffer numbers() {
        return block;
    }

    /** Reads an entry of a map of texts. */
    void entry(Map<String, String> into) {
        WireReader entry = message();
        String key = "";
        String value = "";
        while (entry.next()) {
            switch (entry.field()) {
                case 1 -> key = entry.text();
                case 2 -> value = entry.text();
                default -> {}
            }
        }
        into.put(key, value);
    }

    /** The whole numbers of a repeated field. */
    long[] wholes(List<ByteBuffer> pieces) {
        long count = 0;
        for (ByteBuffer piece : pieces) {
            for (int i = 0; i < piece.limit(); i++) {
                count += piece.get(i) >= 0 ? 1 : 0;
            }
        }
        long[] values = new long[Math.toIntExact(count)];
        int at = 0;
        for (ByteBuffer piece : pieces) {
            ByteBuffer rest = piece.duplicate();
            while (rest.hasRemaining()) {
                long value = varint(rest);
                values[at++] = value;
            }
        }
        return values;
    }

    /** The bytes of a repeated field of numbers of fixed size, one behind the other. */
    static ByteBuffer joined(List<ByteBuffer> pieces) {
        if (pieces.size() == 1) {
            return pieces.get(0);
        }
        long length = pieces.stream().mapToLong(ByteBuffer::limit).sum();
        ByteBuffer whole = ByteBuffer.allocate(Math.toIntExact(length)).order(ByteOrder.LITTLE_ENDIAN);
        pieces.forEach(piece -> whole.put(piece.duplicate()));
        return whole.flip();
    }

    private long varint(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (!from.hasRemaining()) {
                throw damaged("ends within a number");
            }
            byte next = from.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw damaged("has a number of more than 64 bits");
    }

    private void require(int expected) {
        if (type != expected) {
            throw damaged("has a field " + field + " of another form than ONNX gives it");
        }
    }

    /** A complaint about the bytes that were just read. */
    ModelException.Invalid damaged(String what) {
        return new ModelException.Invalid(Problem.error(
                new Where.InFile(file, "byte " + (start + bytes.position())),
                what,
                "The file is damaged or not to be trusted; get it again from its source."));
    }
}
