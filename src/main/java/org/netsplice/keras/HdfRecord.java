package org.netsplice.keras;

import io.jhdf.checksum.JenkinsLookup3HashLittle;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The structures of an HDF5 file that {@link HdfWriter} uses, with the names that the description of the format gives them. Numbers stand
 * with the least significant byte first, addresses and lengths take eight bytes.
 */
final class HdfRecord {
    /** The bytes of a superblock. */
    static final int SUPERBLOCK = 48;
    /** The address of what is not there. */
    static final long NOWHERE = -1;

    /** The smallest length of a global heap collection. */
    private static final int SMALLEST_HEAP = 4096;

    private static final byte UTF_8 = 1;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private HdfRecord() {}

    private HdfRecord put(int size, long value) {
        byte[] number = ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
        bytes.write(number, 0, size);
        return this;
    }

    private HdfRecord one(int... values) {
        for (int value : values) {
            bytes.write(value);
        }
        return this;
    }

    private HdfRecord all(byte[] more) {
        bytes.writeBytes(more);
        return this;
    }

    private HdfRecord ascii(String text) {
        return all(text.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] done() {
        return bytes.toByteArray();
    }

    private byte[] checked() {
        return put(4, JenkinsLookup3HashLittle.hash(done())).done();
    }

    /** The superblock, version 2, with the address of the header of the root group, and the length of the file. */
    static byte[] superblock(long root, long end) {
        return new HdfRecord()
                .one(0x89)
                .ascii("HDF\r\n")
                .one(0x1a)
                .ascii("\n")
                .one(2, 8, 8, 0)
                .put(8, 0)
                .put(8, NOWHERE)
                .put(8, end)
                .put(8, root)
                .checked();
    }

    /** An object header, version 2, whose length takes four bytes. */
    static byte[] header(List<byte[]> messages) {
        int length = messages.stream().mapToInt(message -> message.length).sum();
        HdfRecord header = new HdfRecord().ascii("OHDR").one(2, 2).put(4, length);
        messages.forEach(header::all);
        return header.checked();
    }

    private static byte[] message(int type, HdfRecord content) {
        byte[] data = content.done();
        return new HdfRecord().one(type).put(2, data.length).one(0).all(data).done();
    }

    /** The link info message of a group whose links all stand in its header. */
    static byte[] linkInfo() {
        return message(0x02, new HdfRecord().one(0, 0).put(8, NOWHERE).put(8, NOWHERE));
    }

    /** The group info message. */
    static byte[] groupInfo() {
        return message(0x0a, new HdfRecord().one(0, 0));
    }

    /** The link message of a member. */
    static byte[] link(String name, long address) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return message(
                0x06,
                new HdfRecord()
                        .one(1, 0x11, UTF_8)
                        .put(2, text.length)
                        .all(text)
                        .put(8, address));
    }

    /** The messages of a dataset: dataspace, datatype, fill value and contiguous data layout. */
    static List<byte[]> dataset(long[] sizes, byte[] type, long address, long length) {
        return List.of(
                message(0x01, new HdfRecord().all(space(sizes))),
                message(0x03, new HdfRecord().all(type)),
                message(0x05, new HdfRecord().one(3, 0x0a)),
                message(0x08, new HdfRecord().one(3, 1).put(8, address).put(8, length)));
    }

    private static byte[] space(long... sizes) {
        HdfRecord space = new HdfRecord().one(2, sizes.length, 0, sizes.length == 0 ? 0 : 1);
        for (long size : sizes) {
            space.put(8, size);
        }
        return space.done();
    }

    /** The type of IEEE numbers of this many bytes. */
    static byte[] real(int width, int mantissa, int exponent, int bias) {
        return new HdfRecord()
                .one(0x11, 0x20, 8 * width - 1, 0)
                .put(4, width)
                .put(2, 0)
                .put(2, 8L * width)
                .one(mantissa, exponent, 0, mantissa)
                .put(4, bias)
                .done();
    }

    /** The type of whole numbers of this many bytes. */
    static byte[] whole(int width, boolean signed) {
        return new HdfRecord()
                .one(0x10, signed ? 0x08 : 0, 0, 0)
                .put(4, width)
                .put(2, 0)
                .put(2, 8L * width)
                .done();
    }

    private static byte[] attribute(String name, byte[] type, byte[] space, byte[] data) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return message(
                0x0c,
                new HdfRecord()
                        .one(3, 0)
                        .put(2, text.length + 1)
                        .put(2, type.length)
                        .put(2, space.length)
                        .one(UTF_8)
                        .all(text)
                        .one(0)
                        .all(type)
                        .all(space)
                        .all(data));
    }

    /** The attribute message of one text of any length, which stands in a heap of its own. */
    static byte[] text(String name, String text, long heap) {
        byte[] type = new HdfRecord()
                .one(0x19, 0x01, UTF_8, 0)
                .put(4, 16)
                .all(whole(1, false))
                .done();
        byte[] place = new HdfRecord()
                .put(4, text.getBytes(StandardCharsets.UTF_8).length)
                .put(8, heap)
                .put(4, 1)
                .done();
        return attribute(name, type, space(), place);
    }

    /** The global heap collection that holds one text. */
    static byte[] heap(String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        int padded = (data.length + 7) / 8 * 8;
        int used = 16 + 16 + padded;
        int length = Math.max(SMALLEST_HEAP, used + 16);
        return new HdfRecord()
                .ascii("GCOL")
                .one(1, 0, 0, 0)
                .put(8, length)
                .put(2, 1)
                .put(2, 1)
                .put(4, 0)
                .put(8, data.length)
                .all(data)
                .all(new byte[padded - data.length])
                .put(8, 0)
                .put(8, length - used)
                .all(new byte[length - used - 16])
                .done();
    }

    /** The attribute message of a list of texts, each of which takes the bytes of the longest. */
    static byte[] texts(String name, List<String> texts) {
        int width = Math.max(1, longest(texts));
        byte[] type = new HdfRecord().one(0x13, 0x01, 0, 0).put(4, width).done();
        HdfRecord data = new HdfRecord();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            data.all(bytes).all(new byte[width - bytes.length]);
        }
        return attribute(name, type, space(texts.size()), data.done());
    }

    /** The bytes of the longest text. */
    static int longest(List<String> texts) {
        return texts.stream()
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .max()
                .orElse(0);
    }
}
