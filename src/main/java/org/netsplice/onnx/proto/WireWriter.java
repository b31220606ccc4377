package org.netsplice.onnx.proto;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Gathers the fields of one message in protobuf's wire format. Blocks of bytes are kept as they are and copied only into the file,
 * so that a large tensor exists once.
 */
final class WireWriter {
    private final List<ByteBuffer> parts = new ArrayList<>();
    private long size;

    /** The number of bytes that the message takes. */
    long size() {
        return size;
    }

    private void add(ByteBuffer part) {
        parts.add(part);
        size += part.remaining();
    }

    private void tag(int field, int type) {
        varint(((long) field << 3) | type);
    }

    private void varint(long value) {
        ByteBuffer bytes = ByteBuffer.allocate(10);
        put(bytes, value);
        add(bytes.flip());
    }

    private static void put(ByteBuffer into, long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            into.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        into.put((byte) rest);
    }

    /** A field with a whole number. */
    void whole(int field, long value) {
        tag(field, 0);
        varint(value);
    }

    /** A field with a 32-bit floating-point number. */
    void real(int field, float value) {
        tag(field, 5);
        add(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(value)
                .flip());
    }

    /** A field with bytes; the buffer must not change until the message is written. */
    void bytes(int field, ByteBuffer value) {
        tag(field, 2);
        varint(value.remaining());
        add(value.duplicate());
    }

    /** A field with a text; none when it is empty. */
    void text(int field, String value) {
        if (!value.isEmpty()) {
            always(field, value);
        }
    }

    /** A field with a text, also when it is empty: an entry of a list. */
    void always(int field, String value) {
        bytes(field, ByteBuffer.wrap(value.getBytes(StandardCharsets.UTF_8)));
    }

    /** A field with whole numbers in one block; none when there are none. */
    void wholes(int field, long... values) {
        if (values.length > 0) {
            ByteBuffer block = ByteBuffer.allocate(Math.multiplyExact(10, values.length));
            for (long value : values) {
                put(block, value);
            }
            bytes(field, block.flip());
        }
    }

    /** A field with whole numbers, each with a tag of its own, as ONNX writes lists that are not declared packed. */
    void each(int field, long... values) {
        for (long value : values) {
            whole(field, value);
        }
    }

    /** A field with a message. */
    void message(int field, WireWriter inner) {
        tag(field, 2);
        varint(inner.size);
        parts.addAll(inner.parts);
        size += inner.size;
    }

    /** Entries of a map of texts. */
    void entries(int field, Map<String, String> entries) {
        entries.forEach((key, value) -> {
            WireWriter entry = new WireWriter();
            entry.always(1, key);
            entry.always(2, value);
            message(field, entry);
        });
    }

    /** Writes all bytes, and leaves the stream open. */
    void writeTo(OutputStream out) throws IOException {
        WritableByteChannel channel = Channels.newChannel(out);
        for (ByteBuffer part : parts) {
            ByteBuffer rest = part.duplicate();
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }
}
