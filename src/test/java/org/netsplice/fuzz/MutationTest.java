package org.netsplice.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.app.Main;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.container.Npy;
import org.netsplice.container.Npz;
import org.netsplice.container.ZipReader;
import org.netsplice.diagram.Detail;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.editor.BlockingArranger;
import org.netsplice.export.Summary;
import org.netsplice.format.Head;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.predict.ColumnChoice;
import org.netsplice.predict.ImageReading;
import org.netsplice.predict.Inputs;
import org.netsplice.problem.ModelException;
import org.netsplice.splice.SpliceFile;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/**
 * Sound files with a few things changed where it matters: each is read to a value that everything else can work with, or refused with
 * a message. The changes are the same in every run.
 */
@Tag("slow")
class MutationTest {
    private static final SpliceFile SPLICE = new SpliceFile();
    private static final Shape ROW = Shape.of(Shape.UNKNOWN, 6);
    private static final Shape PICTURE = Shape.of(Shape.UNKNOWN, 4, 4, 3);
    private static final Shape ANY_PICTURE = Shape.of(Shape.UNKNOWN, Shape.UNKNOWN, Shape.UNKNOWN, 1);

    @TempDir
    Path folder;

    /** What is done with a changed file. */
    private interface Trial {
        void go() throws IOException;
    }

    /** What ended neither in a value nor in a message, one of each kind. */
    private final Map<String, String> bugs = new TreeMap<>();

    @AfterEach
    void everythingEndedWell() {
        assertThat(bugs.values()).isEmpty();
    }

    /** Whether it went through; anything but a message is a bug, and the content is left where it can be looked at. */
    private boolean endsWell(String what, byte[] content, Trial trial) throws IOException {
        try {
            trial.go();
            return true;
        } catch (ModelException message) {
            assertThat(message.problem().text()).isNotBlank();
            return false;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError bug) {
            String place = Arrays.stream(bug.getStackTrace())
                    .map(StackTraceElement::toString)
                    .filter(line -> line.contains("netsplice"))
                    .limit(3)
                    .collect(Collectors.joining(" from "));
            if (!bugs.containsKey(place)) {
                Path kept = Files.write(Files.createTempFile("mutation", ".bin"), content);
                bugs.put(place, what + " ended in " + bug + " at " + place + "; the file is " + kept);
            }
            return false;
        }
    }

    private static byte[] zipped(Map<String, byte[]> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(1);
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private byte[][] document(Document document) throws IOException {
        Path file = folder.resolve("sound.splice");
        SPLICE.write(document, file, Progress.NONE);
        try (ZipReader zip = ZipReader.open(file)) {
            return new byte[][] {zip.read("document.json"), zip.read("weights.safetensors")};
        }
    }

    private List<Document> documents() {
        Document merged = SPLICE.read(
                        Head.of(Fixtures.ROOT.resolve("attacks/splice_docname_2.splice")),
                        Optional.empty(),
                        Progress.NONE)
                .asDocument();
        return List.of(
                merged,
                Fixtures.open("digits/cnn_a/model.keras"),
                Fixtures.open("layers/shared_submodel/model.keras"),
                Fixtures.open("bad/lambda_layer/model.keras"));
    }

    @Test
    void projectFiles() throws IOException {
        int opened = 0;
        for (Document sound : documents()) {
            byte[][] parts = document(sound);
            Json json = JsonReader.parse(parts[0], "", "");
            Mutations mutations = new Mutations(17);
            for (int round = 0; round < 400; round++) {
                byte[] text = mutations.json(json).toString().getBytes(StandardCharsets.UTF_8);
                opened += project(text, parts[1]) ? 1 : 0;
            }
            for (int round = 0; round < 200; round++) {
                opened += project(parts[0], tensors(mutations, parts[1])) ? 1 : 0;
            }
        }
        assertThat(opened).as("how many could still be opened").isBetween(50, 2200);
    }

    /** A file of tensors with its header changed, and sometimes what follows it. */
    private static byte[] tensors(Mutations mutations, byte[] sound) {
        int length = (int) ByteBuffer.wrap(sound).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        Json header = JsonReader.parse(Arrays.copyOfRange(sound, 8, 8 + length), "", "");
        byte[] data = Arrays.copyOfRange(sound, 8 + length, sound.length);
        if (mutations.below(5) == 0) {
            return mutations.bytes(sound);
        }
        byte[] changed = mutations.json(header).toString().getBytes(StandardCharsets.UTF_8);
        byte[] size = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(changed.length)
                .array();
        return Mutations.joined(size, changed, data);
    }

    private boolean project(byte[] document, byte[] weights) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("document.json", document);
        entries.put("weights.safetensors", weights);
        byte[] content = zipped(entries);
        Path file = Files.write(folder.resolve("changed.splice"), content);
        return endsWell("a project file", content, () -> use(file));
    }

    /** Opens a project and does with it what commands do; what is small is run, too. */
    private void use(Path file) {
        Document document =
                SPLICE.read(Head.of(file), Optional.empty(), Progress.NONE).asDocument();
        Path again = folder.resolve("again.splice");
        SPLICE.write(document, again, Progress.NONE);
        Document reread =
                SPLICE.read(Head.of(again), Optional.empty(), Progress.NONE).asDocument();
        assertThat(reread.graph()).isEqualTo(document.graph());
        assertThat(reread.placement()).isEqualTo(document.placement());
        Report report = Report.of(document.graph());
        Summary summary = new Summary(report, document, new Summary.Options(true, true, 0, true));
        Summary.formats().forEach(summary::in);
        BlockingArranger.arrange(report, document.placement(), Detail.WINDOW, Progress.NONE);
        Main.formats().write(document, folder.resolve("written.keras"), Progress.NONE);
    }

    @Test
    void arrays() throws IOException {
        Mutations mutations = new Mutations(3);
        int read = 0;
        List<String> types =
                List.of("<f4", ">f8", "<f2", "|i1", "<u8", "|b1", "<U3", "|O", "<c8", "", "f4", ">", "<i4");
        List<String> shapes = List.of(
                "2, 3",
                "6,",
                "",
                "0, 4",
                "-1,",
                "9223372036854775807, 0",
                "4294967296, 4294967296",
                "2147483648, 0",
                "1,".repeat(70),
                "2,3,",
                "3L, 2",
                "x",
                "2 3",
                "1e3,",
                "99999999999999999999");
        for (int round = 0; round < 4000; round++) {
            String header = "{'descr': '" + types.get(mutations.below(types.size())) + "', 'fortran_order': "
                    + (mutations.below(2) == 0 ? "True" : "False") + ", 'shape': ("
                    + shapes.get(mutations.below(shapes.size())) + "), }\n";
            byte[] sound = npy(header, 48);
            byte[] content = mutations.below(3) == 0 ? sound : mutations.bytes(sound);
            read += endsWell(header, content, () -> Npy.read(content, "a.npy", "")) ? 1 : 0;
        }
        assertThat(read).isBetween(200, 5000);
    }

    private static byte[] npy(String header, int data) {
        byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(10 + text.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) text.length)
                .put(text)
                .array();
    }

    @Test
    void archivesOfArrays() throws IOException {
        Mutations mutations = new Mutations(4);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("a", Tensor.of(Shape.of(2, 3), 1, 2, 3, 4, 5, 6));
        arrays.put("b/kernel", Tensor.of(Shape.of(1), 1));
        Npz.write(arrays, bytes);
        int read = 0;
        for (int round = 0; round < 1500; round++) {
            byte[] content = mutations.bytes(bytes.toByteArray());
            Path file = Files.write(folder.resolve("a.npz"), content);
            read += endsWell("an archive", content, () -> Npz.read(file)) ? 1 : 0;
        }
        assertThat(read).isBetween(20, 1480);
    }

    private Tensor data(String name, byte[] content, Shape shape) throws IOException {
        Path file = Files.write(folder.resolve(name), content);
        Inputs.Given given = new Inputs.Given("", file, ColumnChoice.ALL);
        CompiledNetwork.Input input = new CompiledNetwork.Input("x", shape, DType.FLOAT32);
        return new Inputs(List.of(input), ImageReading.UNIT)
                .read(List.of(given), Progress.NONE)
                .get("x");
    }

    @Test
    void tables() throws IOException {
        Mutations mutations = new Mutations(5);
        List<String> cells = List.of(
                "1",
                "-2.5",
                "1e300",
                "nan",
                "inf",
                "-Infinity",
                "",
                " ",
                "\"",
                "\"\"",
                "\"a,b\"",
                "=1+1",
                "0x1p3",
                "1d",
                "\u001B[2J",
                "\u202E1",
                "1;2",
                "\t",
                "9".repeat(400),
                "\uFEFF1",
                "١");
        int read = 0;
        for (int round = 0; round < 4000; round++) {
            String between = List.of(",", ";", "\t").get(mutations.below(3));
            boolean sound = mutations.below(3) == 0;
            String text = IntStream.range(0, 1 + mutations.below(4))
                    .mapToObj(row -> IntStream.range(0, sound ? 6 : 5 + mutations.below(3))
                            .mapToObj(cell -> cells.get(mutations.below(sound ? 6 : cells.size())))
                            .collect(Collectors.joining(between)))
                    .collect(Collectors.joining(mutations.below(4) == 0 ? "\r\n" : "\n"));
            byte[] plain = text.getBytes(StandardCharsets.UTF_8);
            byte[] content = mutations.below(3) == 0 && plain.length > 0 ? mutations.bytes(plain) : plain;
            Shape shape = mutations.below(4) == 0 ? Shape.of(Shape.UNKNOWN, Shape.UNKNOWN) : ROW;
            read += endsWell("a table", content, () -> data("t.csv", content, shape)) ? 1 : 0;
        }
        assertThat(read).isBetween(200, 3800);
    }

    private static final List<String> PICTURE_NAMES =
            List.of("p.png", "p.png", "p.png", "p.png", "p.jpg", "p.jpg", "p.bmp", "p.tiff", "p.webp");

    private static byte[] picture(String format, int type) throws IOException {
        BufferedImage image = new BufferedImage(7, 5, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(20, 120, 220));
        graphics.fillRect(1, 1, 4, 3);
        graphics.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    @Test
    void pictures() throws IOException {
        Mutations mutations = new Mutations(6);
        List<byte[]> sound = List.of(
                picture("png", BufferedImage.TYPE_INT_RGB),
                picture("png", BufferedImage.TYPE_INT_ARGB),
                picture("png", BufferedImage.TYPE_USHORT_GRAY),
                picture("png", BufferedImage.TYPE_BYTE_INDEXED),
                picture("jpg", BufferedImage.TYPE_INT_RGB),
                picture("jpg", BufferedImage.TYPE_BYTE_GRAY),
                picture("bmp", BufferedImage.TYPE_INT_RGB),
                picture("tiff", BufferedImage.TYPE_INT_RGB),
                Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="));
        int read = 0;
        for (int round = 0; round < 2200; round++) {
            int which = mutations.below(sound.size());
            byte[] changed = mutations.bytes(sound.get(which));
            byte[] content = which < 4 && mutations.below(2) == 0 ? summed(changed) : changed;
            Shape shape = mutations.below(2) == 0 ? PICTURE : ANY_PICTURE;
            read += endsWell("a picture", content, () -> data(PICTURE_NAMES.get(which), content, shape)) ? 1 : 0;
        }
        assertThat(read).isBetween(50, 2150);
    }

    /** A PNG with the sums of its chunks made right again, as far as the chunks can be told. */
    private static byte[] summed(byte[] png) {
        ByteBuffer buffer = ByteBuffer.wrap(png);
        for (int at = 8; at + 12 <= png.length; ) {
            int length = buffer.getInt(at);
            if (length < 0 || length > png.length - at - 12) {
                break;
            }
            CRC32 sum = new CRC32();
            sum.update(png, at + 4, length + 4);
            buffer.putInt(at + 8 + length, (int) sum.getValue());
            at += 12 + length;
        }
        return png;
    }

    @Test
    void smallProjectsThatStillRun() throws IOException {
        byte[][] parts = document(documents().get(0));
        Json json = JsonReader.parse(parts[0], "", "");
        Mutations mutations = new Mutations(18);
        int ran = 0;
        for (int round = 0; round < 100; round++) {
            byte[] text = mutations.json(json).toString().getBytes(StandardCharsets.UTF_8);
            Map<String, byte[]> entries = new LinkedHashMap<>();
            entries.put("document.json", text);
            entries.put("weights.safetensors", parts[1]);
            byte[] content = zipped(entries);
            Path file = folder.resolve("run.splice");
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write(content);
            }
            ran += endsWell("running a project file", content, () -> predict(file)) ? 1 : 0;
        }
        assertThat(ran).isBetween(10, 95);
    }

    private static void predict(Path file) {
        Document document =
                SPLICE.read(Head.of(file), Optional.empty(), Progress.NONE).asDocument();
        CompiledNetwork network = Compiler.compile(document, Progress.NONE);
        network.predict(new Inputs(network.inputs(), ImageReading.UNIT).random(2, 1), 2, Progress.NONE);
    }
}
