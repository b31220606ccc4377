package org.netsplice.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.netsplice.container.Guard;
import org.netsplice.container.ZipReader;

/**
 * The beginning of a file, from which its kind is told; names and extensions do not count.
 *
 * @param path the file
 * @param bytes its first bytes, at most 4096
 * @param entries the entries when it is a zip archive, else empty
 * @param folder whether it is a folder
 */
public record Head(Path path, byte[] bytes, List<String> entries, boolean folder) {
    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final byte[] ZIP = {'P', 'K', 3, 4};

    /** Reads the beginning of a file. */
    public static Head of(Path path) {
        String file = String.valueOf(path.getFileName());
        if (Files.isDirectory(path)) {
            return new Head(path, new byte[0], List.of(), true);
        }
        Guard.requireFile(path);
        try (InputStream stream = Files.newInputStream(path)) {
            byte[] bytes = stream.readNBytes(4096);
            boolean zip = starts(bytes, ZIP);
            return new Head(path, bytes, zip ? entries(path) : List.of(), false);
        } catch (IOException problem) {
            throw Guard.unreadable(file, problem);
        }
    }

    private static List<String> entries(Path path) {
        try (ZipReader zip = ZipReader.open(path)) {
            return zip.names();
        }
    }

    private static boolean starts(byte[] bytes, byte[] magic) {
        return bytes.length >= magic.length && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
    }

    /** The name of the file without its folder. */
    public String file() {
        return String.valueOf(path.getFileName());
    }

    /** The name without folder and extension. */
    public String stem() {
        return file().replaceFirst("(\\.weights)?\\.[^.]*$", "");
    }

    public boolean isZip() {
        return starts(bytes, ZIP);
    }

    public boolean isHdf5() {
        return starts(bytes, HDF5);
    }

    /** Whether the first bytes are these. */
    public boolean startsWith(byte... magic) {
        return starts(bytes, magic);
    }

    /** Whether the last bytes of the file are these. */
    public boolean endsWith(byte... magic) {
        if (folder) {
            return false;
        }
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            if (channel.size() < magic.length) {
                return false;
            }
            ByteBuffer last = ByteBuffer.allocate(magic.length);
            channel.position(channel.size() - magic.length);
            int read = 0;
            while (last.hasRemaining() && read >= 0) {
                read = channel.read(last);
            }
            return Arrays.equals(last.array(), magic);
        } catch (IOException problem) {
            throw Guard.unreadable(file(), problem);
        }
    }

    /** The first bytes as text. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
