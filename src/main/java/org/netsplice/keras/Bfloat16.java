package org.netsplice.keras;

import io.jhdf.api.Dataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.StringData;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Numbers of type bfloat16, which HDF5 has no type for: Keras stores them as opaque values of two bytes without a tag. The HDF5
 * library cannot read a type without a tag, so the type is renamed to texts of two bytes before the library sees it.
 *
 * <p>Source of the layout: HDF5 File Format Specification 3.0, IV.A.2.d "The Datatype Message".
 */
final class Bfloat16 {
    /** An object header's message (kind 3, 8 bytes) that describes an opaque type (class 5, version 1) without a tag; its size follows. */
    private static final byte[] UNTAGGED = {3, 0, 8, 0, 0, 0, 0, 0, 0x15, 0, 0, 0};

    private static final int FLAGS = 4;
    private static final int TYPE = 8;
    private static final int LENGTH = UNTAGGED.length + Integer.BYTES;
    private static final byte TEXT = 0x13;
    private static final int BLOCK = 1 << 22;

    private Bfloat16() {}

    /** Renames every type of bfloat16 in the content of a file, in place; returns whether there was one. */
    static boolean rename(byte[] content) {
        boolean any = false;
        for (int at = next(content, 0, content.length); at >= 0; at = next(content, at + 1, content.length)) {
            if (size(content, at) == Short.BYTES) {
                content[at + TYPE] = TEXT;
                any = true;
            }
        }
        return any;
    }

    /** Whether the content of a file describes an opaque type without a tag, which the library cannot read. */
    static boolean describesUntagged(byte[] content) {
        return next(content, 0, content.length) >= 0;
    }

    /** Whether a file describes an opaque type without a tag, which the library cannot read. */
    static boolean describesUntagged(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] block = new byte[BLOCK];
            int held = 0;
            int read = in.readNBytes(block, 0, BLOCK);
            while (read > 0) {
                held += read;
                if (next(block, 0, held) >= 0) {
                    return true;
                }
                int kept = Math.min(held, LENGTH - 1);
                System.arraycopy(block, held - kept, block, 0, kept);
                held = kept;
                read = in.readNBytes(block, held, BLOCK - held);
            }
            return false;
        }
    }

    /** Where the next description of a type without a tag begins, or -1. Headers that were continued elsewhere stand at any address. */
    private static int next(byte[] content, int from, int end) {
        for (int at = from; at + LENGTH <= end; at++) {
            if (content[at + TYPE] == UNTAGGED[TYPE] && matches(content, at)) {
                return at;
            }
        }
        return -1;
    }

    private static boolean matches(byte[] content, int at) {
        for (int i = 0; i < UNTAGGED.length; i++) {
            if (i != FLAGS && content[at + i] != UNTAGGED[i]) {
                return false;
            }
        }
        return true;
    }

    private static int size(byte[] content, int at) {
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(at + UNTAGGED.length);
    }

    /** Whether a dataset of a file with renamed types holds such numbers. */
    static boolean holds(Dataset dataset) {
        return dataset instanceof DatasetBase
                && dataset.getDataType() instanceof StringData text
                && text.getSize() == Short.BYTES;
    }

    /** The numbers of such a dataset in row-major order: the upper halves of float32, little-endian. */
    static float[] numbers(Dataset dataset) {
        ByteBuffer bytes = ((DatasetBase) dataset).getDataBuffer().order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / Short.BYTES];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.intBitsToFloat(bytes.getShort() << Short.SIZE);
        }
        return values;
    }
}
