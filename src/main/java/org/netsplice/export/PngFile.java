package org.netsplice.export;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.netsplice.work.Progress;

/** Writes PNG (ISO/IEC 15948) band by band, so that a picture of any size takes little memory. */
final class PngFile {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    /** How many pixels are drawn at once. */
    private static final int BAND = 2_000_000;

    private static final int CHUNK = 1 << 16;
    /** The filter that stores differences from the row above. */
    private static final int UP = 2;

    private static final double INCHES_PER_METRE = 1 / 0.0254;
    private static final double POINTS_PER_INCH = 96;

    private PngFile() {}

    /** Writes a picture; {@code name} is told while it is drawn. */
    static void write(Picture picture, Picture.Size size, String name, OutputStream out, Progress progress)
            throws IOException {
        boolean alpha = picture.background().isEmpty();
        write(size, alpha, picture.scale() * POINTS_PER_INCH, out, filtered -> {
            int band = Math.max(1, BAND / size.width());
            for (int first = 0; first < size.height(); first += band) {
                progress.at((double) first / size.height(), "Drawing " + name);
                int count = Math.min(band, size.height() - first);
                filtered.write(Raster.rows(picture, picture.scale(), size.width(), first, count));
            }
        });
    }

    /** Writes pixels that are there. */
    static void write(Raster raster, OutputStream out) throws IOException {
        Picture.Size size = new Picture.Size(raster.width(), raster.height());
        write(size, true, POINTS_PER_INCH, out, filtered -> filtered.write(raster));
    }

    /** What gives the rows of a picture. */
    private interface Source {
        void writeTo(Rows rows) throws IOException;
    }

    private static void write(Picture.Size size, boolean alpha, double dpi, OutputStream out, Source source)
            throws IOException {
        out.write(SIGNATURE);
        chunk(out, "IHDR", header(size, alpha));
        chunk(out, "pHYs", resolution(dpi * INCHES_PER_METRE));
        Deflater deflater = new Deflater();
        try (DeflaterOutputStream rows = new DeflaterOutputStream(new Chunks(out), deflater, CHUNK)) {
            source.writeTo(new Rows(size.width(), alpha, rows));
        } finally {
            deflater.end();
        }
        chunk(out, "IEND", new byte[0]);
    }

    private static byte[] header(Picture.Size size, boolean alpha) {
        return ByteBuffer.allocate(13)
                .putInt(size.width())
                .putInt(size.height())
                .put((byte) 8)
                .put((byte) (alpha ? 6 : 2))
                .array();
    }

    private static byte[] resolution(double perMetre) {
        int rounded = (int) Math.round(perMetre);
        return ByteBuffer.allocate(9)
                .putInt(rounded)
                .putInt(rounded)
                .put((byte) 1)
                .array();
    }

    private static void chunk(OutputStream out, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(content);
        DataOutputStream data = new DataOutputStream(out);
        data.writeInt(content.length);
        data.write(name);
        data.write(content);
        data.writeInt((int) sum.getValue());
        data.flush();
    }

    /** Cuts the compressed rows into chunks; leaves the file open. */
    private static final class Chunks extends FilterOutputStream {
        private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();

        Chunks(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] content, int offset, int length) throws IOException {
            waiting.write(content, offset, length);
            if (waiting.size() >= CHUNK) {
                send();
            }
        }

        private void send() throws IOException {
            if (waiting.size() > 0) {
                chunk(out, "IDAT", waiting.toByteArray());
                waiting.reset();
            }
        }

        @Override
        public void close() throws IOException {
            send();
        }
    }

    /** Filters rows of pixels. */
    private static final class Rows {
        private final int width;
        private final int samples;
        private final OutputStream out;
        private byte[] above;
        private byte[] row;

        Rows(int width, boolean alpha, OutputStream out) {
            this.width = width;
            this.samples = alpha ? 4 : 3;
            this.out = out;
            this.above = new byte[width * samples];
            this.row = new byte[width * samples];
        }

        void write(Raster raster) throws IOException {
            byte[] filtered = new byte[1 + row.length];
            filtered[0] = UP;
            for (int y = 0; y < raster.height(); y++) {
                int at = 0;
                for (int x = 0; x < width; x++) {
                    int pixel = raster.pixels()[y * width + x];
                    row[at++] = (byte) (pixel >> 16);
                    row[at++] = (byte) (pixel >> 8);
                    row[at++] = (byte) pixel;
                    if (samples == 4) {
                        row[at++] = (byte) (pixel >> 24);
                    }
                }
                for (int i = 0; i < row.length; i++) {
                    filtered[i + 1] = (byte) (row[i] - above[i]);
                }
                out.write(filtered);
                byte[] spare = above;
                above = row;
                row = spare;
            }
        }
    }
}
