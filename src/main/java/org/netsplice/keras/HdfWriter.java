package org.netsplice.keras;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.graph.Tensor;

/**
 * Collects and writes the content of an HDF5 file: groups, datasets, and attributes that hold one text or a list of texts. Nothing limits
 * the length of one text; a list is split as Keras splits it, where it is longer than {@link #LONGEST_LIST}. The structures are those of
 * version 3.0 of the <a href="https://docs.hdfgroup.org/hdf5/develop/_f_m_t3.html">HDF5 file format</a>, named in {@link HdfRecord}.
 */
final class HdfWriter {
    /** The bytes that Keras allows the texts of one attribute to take, its {@code HDF5_OBJECT_HEADER_LIMIT}. */
    static final int LONGEST_LIST = 64_512;

    private final Group root = new Group();

    private HdfWriter() {}

    /** Puts the content into a file. */
    interface Content {
        void write(HdfWriter writer);
    }

    /** A group, which has attributes and members by name; members are groups and tensors. */
    private static final class Group {
        private final Map<String, Object> attributes = new LinkedHashMap<>();
        private final Map<String, Object> members = new LinkedHashMap<>();
    }

    /** A part of the file. */
    private interface Block {
        void write(OutputStream out) throws IOException;
    }

    /** The parts of a file in their order, and how long they are together. */
    private static final class Blocks {
        private final List<Block> blocks = new ArrayList<>();
        private long end = HdfRecord.SUPERBLOCK;

        /** Adds a part, and tells its address. */
        long add(long length, Block block) {
            long address = end;
            long padded = (length + 7) / 8 * 8;
            blocks.add(out -> {
                block.write(out);
                out.write(new byte[(int) (padded - length)]);
            });
            end += padded;
            return address;
        }

        long add(byte[] bytes) {
            return add(bytes.length, out -> out.write(bytes));
        }
    }

    /** Collects the content of a file. */
    static HdfWriter of(Content content) {
        HdfWriter writer = new HdfWriter();
        content.write(writer);
        return writer;
    }

    /** The bytes of a file with this content. */
    static byte[] bytes(Content content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        of(content).write(out);
        return out.toByteArray();
    }

    /** Writes the whole file; every time the same bytes. */
    void write(OutputStream out) throws IOException {
        Blocks blocks = new Blocks();
        long top = add(root, blocks);
        out.write(HdfRecord.superblock(top, blocks.end));
        for (Block block : blocks.blocks) {
            block.write(out);
        }
    }

    /** Puts a tensor at a path: as float64, int64 or a single int32 where it is held so, else as float32. */
    void tensor(String path, Tensor tensor) {
        int slash = path.lastIndexOf('/');
        group(slash < 0 ? "" : path.substring(0, slash)).members.put(path.substring(slash + 1), tensor);
    }

    /** Gives a group an attribute that is one text. */
    void attribute(String path, String name, String text) {
        group(path).attributes.put(name, text);
    }

    /**
     * Gives a group an attribute that is a list of texts; of a long one each part has a number behind its name.
     *
     * @param texts each of at most {@link #LONGEST_LIST} bytes
     */
    void attribute(String path, String name, List<String> texts) {
        List<List<String>> parts = parts(texts);
        for (int i = 0; i < parts.size(); i++) {
            group(path).attributes.put(parts.size() == 1 ? name : name + i, parts.get(i));
        }
    }

    /** The fewest parts of nearly equal length, each of which takes at most {@link #LONGEST_LIST} bytes. */
    private static List<List<String>> parts(List<String> texts) {
        for (int count = 1; ; count++) {
            List<List<String>> parts = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                parts.add(texts.subList(
                        (int) ((long) texts.size() * i / count), (int) ((long) texts.size() * (i + 1) / count)));
            }
            if (count >= texts.size() || parts.stream().allMatch(part -> size(part) <= LONGEST_LIST)) {
                return parts;
            }
        }
    }

    /** The bytes of a list, whose texts all take as many as the longest. */
    private static long size(List<String> texts) {
        return (long) texts.size() * HdfRecord.longest(texts);
    }

    /** Whether a text may stand in a list, or be the name of a member. */
    static boolean fits(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= LONGEST_LIST;
    }

    private Group group(String path) {
        Group present = root;
        for (String part : path.split("/")) {
            if (!part.isEmpty()) {
                present = (Group) present.members.computeIfAbsent(part, name -> new Group());
            }
        }
        return present;
    }

    /** Adds a group after all that is in it, and tells its address. */
    private long add(Group group, Blocks blocks) {
        Map<String, Long> places = new LinkedHashMap<>();
        group.members.forEach((name, member) ->
                places.put(name, member instanceof Tensor tensor ? add(tensor, blocks) : add((Group) member, blocks)));
        List<byte[]> messages = new ArrayList<>();
        messages.add(HdfRecord.linkInfo());
        messages.add(HdfRecord.groupInfo());
        places.forEach((name, address) -> messages.add(HdfRecord.link(name, address)));
        group.attributes.forEach((name, value) -> messages.add(
                value instanceof String text
                        ? HdfRecord.text(name, text, blocks.add(HdfRecord.heap(text)))
                        : HdfRecord.texts(
                                name,
                                ((List<?>) value)
                                        .stream().map(String.class::cast).toList())));
        return blocks.add(HdfRecord.header(messages));
    }

    private static long add(Tensor tensor, Blocks blocks) {
        HdfElements elements = HdfElements.of(tensor);
        long length = (long) tensor.length() * elements.width();
        long data = blocks.add(length, out -> elements.write(tensor, out));
        return blocks.add(HdfRecord.header(HdfRecord.dataset(
                tensor.shape().sizes(), elements.type(), length == 0 ? HdfRecord.NOWHERE : data, length)));
    }
}
