package org.netsplice.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Messages as frames on a pipe: four bytes that begin a frame, four bytes with its length, whose highest bit says that the frame ends its
 * message, and the content. What native libraries print between frames on the same pipe is skipped.
 */
final class Frames {
    /** Begins a frame; no text in UTF-8 holds these bytes. */
    private static final int BEGINNING = 0xF9A5FEC3;

    private static final int LAST = 1 << 31;
    private static final int LONGEST = 1 << 16;
    private static final int HEADER = 2 * Integer.BYTES;
    /** The most bytes that are skipped while a frame is looked for. */
    private static final int LONGEST_NOISE = 1 << 24;

    private Frames() {}

    /** Writes messages; one thread at a time. */
    static final class Out extends OutputStream {
        private final OutputStream pipe;
        private final ByteBuffer frame = ByteBuffer.allocate(HEADER + LONGEST);

        Out(OutputStream pipe) {
            this.pipe = pipe;
            frame.position(HEADER);
        }

        @Override
        public void write(int value) throws IOException {
            if (!frame.hasRemaining()) {
                send(0);
            }
            frame.put((byte) value);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            int done = 0;
            while (done < count) {
                if (!frame.hasRemaining()) {
                    send(0);
                }
                int now = Math.min(frame.remaining(), count - done);
                frame.put(bytes, from + done, now);
                done += now;
            }
        }

        /** Ends the message, which is then on its way. */
        void end() throws IOException {
            send(LAST);
            pipe.flush();
        }

        private void send(int flag) throws IOException {
            int length = frame.position() - HEADER;
            frame.putInt(0, BEGINNING).putInt(Integer.BYTES, length | flag);
            pipe.write(frame.array(), 0, HEADER + length);
            frame.position(HEADER);
        }
    }

    /** Reads messages: the end of this stream is the end of one message, until the next is begun. */
    static final class In extends InputStream {
        private final InputStream pipe;
        private int left;
        private boolean last = true;

        In(InputStream pipe) {
            this.pipe = pipe;
        }

        /** Begins the next message, and returns false at the end of the pipe. */
        boolean next() throws IOException {
            while (left > 0 || !last) {
                if (read() < 0) {
                    break;
                }
            }
            return header();
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            while (left == 0) {
                if (last) {
                    return -1;
                }
                if (!header()) {
                    throw new EOFException("the message is cut off");
                }
            }
            int read = pipe.read(bytes, from, Math.min(count, left));
            if (read < 0) {
                throw new EOFException("the message is cut off");
            }
            left -= read;
            return read;
        }

        private boolean header() throws IOException {
            int seen = 0;
            for (int skipped = 0; seen != BEGINNING || skipped < Integer.BYTES; skipped++) {
                int next = pipe.read();
                if (next < 0) {
                    return false;
                }
                if (skipped > LONGEST_NOISE) {
                    throw new IOException("no message begins");
                }
                seen = seen << Byte.SIZE | next;
            }
            int length = 0;
            for (int i = 0; i < Integer.BYTES; i++) {
                int next = pipe.read();
                if (next < 0) {
                    throw new EOFException("the message is cut off");
                }
                length = length << Byte.SIZE | next;
            }
            last = (length & LAST) != 0;
            left = length & ~LAST;
            if (left > LONGEST) {
                throw new IOException("a frame of " + left + " bytes");
            }
            return true;
        }
    }
}
