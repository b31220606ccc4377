package org.netsplice.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;

class ContainerTest {
    @TempDir
    Path folder;

    private static byte[] npy(String header, byte[] data) {
        ByteBuffer buffer =
                ByteBuffer.allocate(10 + header.length() + data.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0);
        buffer.putShort((short) header.length())
                .put(header.getBytes(StandardCharsets.US_ASCII))
                .put(data);
        return buffer.array();
    }

    private static String header(String type, boolean fortran, String shape) {
        return "{'descr': '" + type + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': (" + shape
                + "), }\n";
    }

    private static void refused(byte[] content, String what) {
        assertThatThrownBy(() -> Npy.read(content, "x.npy", ""))
                .isInstanceOf(ModelException.Invalid.class)
                .hasMessageContaining(what);
    }

    @Test
    void arraysAreReadAsTheyWereWritten() throws IOException {
        for (Shape shape : new Shape[] {Shape.of(), Shape.of(3), Shape.of(2, 3), Shape.of(0, 4)}) {
            float[] values = new float[(int) shape.elements()];
            for (int i = 0; i < values.length; i++) {
                values[i] = i * 1.5f - 1;
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Npy.write(Tensor.of(shape, values), out);
            assertThat(out.size() % 4).isZero();
            assertThat(Npy.read(out.toByteArray(), "x.npy", "")).isEqualTo(Tensor.of(shape, values));
        }
    }

    @Test
    void otherTypesAndOrdersAreUnderstood() {
        byte[] doubles = ByteBuffer.allocate(48)
                .putDouble(1)
                .putDouble(2)
                .putDouble(3)
                .putDouble(4)
                .putDouble(5)
                .putDouble(6)
                .array();
        Tensor columns = Npy.read(npy(header(">f8", true, "2, 3"), doubles), "x.npy", "");
        assertThat(columns.toArray()).containsExactly(1, 3, 5, 2, 4, 6);
        assertThat(columns.dtype()).isEqualTo(DType.FLOAT64);
        assertThat(Npy.read(npy(header("|b1", false, "2,"), new byte[] {1, 0}), "x.npy", "")
                        .toArray())
                .containsExactly(1, 0);
        assertThat(Npy.read(npy(header("<f2", false, "2,"), new byte[] {0, 0x3c, 0, (byte) 0xc0}), "x.npy", "")
                        .toArray())
                .containsExactly(1, -2);
        assertThat(Npy.read(npy(header("|u1", false, "1,"), new byte[] {(byte) 200}), "x.npy", "")
                        .toArray())
                .containsExactly(200);
    }

    @Test
    void whatCannotBeReadIsExplained() {
        refused(npy(header("|O", false, "1,"), new byte[8]), "pickled Python objects, which are never opened");
        refused(npy(header("<U3", false, "1,"), new byte[12]), "which are not numbers");
        refused(npy(header("<f4", false, "4,"), new byte[8]), "declares shape (4,), but only 8 bytes follow");
        refused(npy(header("<f4", false, "99999999, 99999999, 99999999"), new byte[8]), "but only 8 bytes follow");
        refused(npy(header("<f4", false, "-1,"), new byte[8]), "impossible size");
        refused(npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,)}", new byte[4]), "records");
        refused("no array at all".getBytes(StandardCharsets.UTF_8), "is not an .npy file");
    }

    @Test
    void safetensorsKeepValuesAndTypes() throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("1/0", Tensor.of(Shape.of(2, 2), 1, Float.NaN, -0f, Float.POSITIVE_INFINITY));
        tensors.put("1/1", Tensor.owning(DType.INT64, Shape.of(), new float[] {7}));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Safetensors.write(tensors, out);
        assertThat(Safetensors.read(out.toByteArray(), "w", "")).isEqualTo(tensors);
        byte[] cut = java.util.Arrays.copyOf(out.toByteArray(), out.size() - 4);
        assertThatThrownBy(() -> Safetensors.read(cut, "w", ""))
                .isInstanceOf(ModelException.Invalid.class)
                .hasMessageContaining("which cannot be");
    }

    private Path zip(String... entries) throws IOException {
        Path file = folder.resolve("a.zip");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(1);
            }
        }
        return file;
    }

    @Test
    void namesThatClimbOutOfTheArchiveAreIgnored() throws IOException {
        try (ZipReader zip = ZipReader.open(zip("good", "../bad", "/abs", "a/../../b", "C:\\x", "..\\y"))) {
            assertThat(zip.names()).containsExactly("good");
            assertThat(zip.ignored()).containsExactly("../bad", "/abs", "a/../../b", "C:\\x", "..\\y");
        }
    }

    @Test
    void namesThatDifferOnlyInCaseAreAmbiguous() throws IOException {
        Path file = zip("config.json", "Config.json");
        assertThatThrownBy(() -> ZipReader.open(file))
                .isInstanceOf(ModelException.Invalid.class)
                .hasMessageContaining("stands twice");
    }

    @Test
    void aReplacedFileKeepsItsPermissionsAndALinkStaysALink() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "");
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "needs POSIX permissions");
        Path made = folder.resolve("made");
        AtomicFile.write(made, out -> out.write(1));
        assertThat(Files.getPosixFilePermissions(made)).isEqualTo(Files.getPosixFilePermissions(plain));
        Set<PosixFilePermission> shared = PosixFilePermissions.fromString("rw-rw-r--");
        Files.setPosixFilePermissions(made, shared);
        Path link = Files.createSymbolicLink(folder.resolve("link"), made);
        AtomicFile.write(link, out -> out.write(2));
        assertThat(link).isSymbolicLink();
        assertThat(Files.readAllBytes(made)).containsExactly(2);
        assertThat(Files.getPosixFilePermissions(made)).isEqualTo(shared);
    }

    @Test
    void aFileIsReplacedOnlyWhenItsNewContentIsComplete() throws IOException {
        Path file = folder.resolve("kept.txt");
        Files.writeString(file, "old");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write('n');
                    throw new IOException("disk full");
                }))
                .isInstanceOf(ModelException.CannotExport.class)
                .hasMessageContaining("disk full");
        assertThat(Files.readString(file)).isEqualTo("old");
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }
}
