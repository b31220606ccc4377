package org.netsplice.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.netsplice.problem.ModelException;

class PictureFileTest {
    private static final int BLOCK = 16;

    @TempDir
    Path folder;

    private BufferedImage read(String name, byte[] content) throws IOException {
        return PictureFile.read(Files.write(folder.resolve(name), content));
    }

    /** A picture three blocks wide and two high: red, green, blue; white, black, yellow. */
    private static BufferedImage blocks() {
        int[][] colours = {{0xFF0000, 0x00FF00, 0x0000FF}, {0xFFFFFF, 0x000000, 0xFFFF00}};
        BufferedImage image = new BufferedImage(3 * BLOCK, 2 * BLOCK, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, colours[y / BLOCK][x / BLOCK]);
            }
        }
        return image;
    }

    private static byte[] written(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, bytes)).isTrue();
        return bytes.toByteArray();
    }

    /** A JPEG with an EXIF segment that holds an orientation and nothing else. */
    private static byte[] oriented(int orientation) throws IOException {
        byte[] jpeg = written(blocks(), "jpg");
        ByteBuffer exif = ByteBuffer.allocate(36);
        exif.putShort((short) 0xFFE1)
                .putShort((short) 34)
                .put("Exif\0\0".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        exif.putShort((short) 0x4D4D).putShort((short) 42).putInt(8);
        exif.putShort((short) 1)
                .putShort((short) 274)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation);
        exif.putShort((short) 0).putInt(0);
        return inserted(jpeg, exif.array());
    }

    /** The JPEG with a segment before all others. */
    private static byte[] inserted(byte[] jpeg, byte[] segment) {
        return ByteBuffer.allocate(jpeg.length + segment.length)
                .put(jpeg, 0, 2)
                .put(segment)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** The colours of the blocks of a picture, row by row, each by its first letter. */
    private static String letters(BufferedImage image) {
        StringBuilder text = new StringBuilder();
        for (int y = BLOCK / 2; y < image.getHeight(); y += BLOCK) {
            for (int x = BLOCK / 2; x < image.getWidth(); x += BLOCK) {
                int rgb = image.getRGB(x, y);
                int bits = (rgb >> 16 & 255) / 128 * 4 + (rgb >> 8 & 255) / 128 * 2 + (rgb & 255) / 128;
                text.append("kbgcrmyw".charAt(bits));
            }
            text.append(' ');
        }
        return text.toString().strip();
    }

    /** The orientations of EXIF 2.3, section 4.6.4: 6 is a phone held upright. */
    @ParameterizedTest
    @CsvSource({
        "1, rgb wky",
        "2, bgr ykw",
        "3, ykw bgr",
        "4, wky rgb",
        "5, rw gk by",
        "6, wr kg yb",
        "7, yb kg wr",
        "8, by gk rw"
    })
    void picturesOfPhonesStandUpright(int orientation, String rows) throws IOException {
        assertThat(letters(read("phone.jpg", oriented(orientation)))).isEqualTo(rows);
    }

    @Test
    void anOrientationThatDoesNotExistIsIgnored() throws IOException {
        assertThat(letters(read("phone.jpg", oriented(9)))).isEqualTo("rgb wky");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "tiff"})
    void formatsWithoutLossKeepTheirPixels(String format) throws IOException {
        BufferedImage image = blocks();
        BufferedImage again = read("picture." + format, written(image, format));
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                assertThat(again.getRGB(x, y) & 0xFFFFFF).isEqualTo(image.getRGB(x, y) & 0xFFFFFF);
            }
        }
    }

    @Test
    void webPicturesAreReadLossyAndLossless() throws IOException {
        for (String text : List.of(
                "UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA",
                "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")) {
            BufferedImage image = read("picture.webp", Base64.getDecoder().decode(text));
            assertThat(List.of(image.getWidth(), image.getHeight())).containsExactly(1, 1);
        }
    }

    @Test
    void picturesForPrintBecomeRed() throws IOException {
        WritableRaster ink = Raster.createInterleavedRaster(java.awt.image.DataBuffer.TYPE_BYTE, 32, 32, 4, null);
        for (int y = 0; y < 32; y++) {
            for (int x = 0; x < 32; x++) {
                ink.setPixel(x, y, new int[] {255, 20, 20, 255});
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(new IIOImage(ink, null, null));
        } finally {
            writer.dispose();
        }
        byte[] adobe = {(byte) 0xFF, (byte) 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        BufferedImage image = read("print.jpg", inserted(bytes.toByteArray(), adobe));
        assertThat(image.getRaster().getNumBands()).isEqualTo(3);
    }

    @Test
    void aPictureThatIsTooLargeIsNotDecoded() throws IOException {
        byte[] bmp = written(blocks(), "bmp");
        ByteBuffer.wrap(bmp)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt(18, 20_000)
                .putInt(22, 20_000);
        assertThatThrownBy(() -> read("huge.bmp", bmp))
                .isInstanceOf(ModelException.CannotPredict.class)
                .hasMessage("huge.bmp: has 400000000 pixels, more than 100000000");
    }
}
