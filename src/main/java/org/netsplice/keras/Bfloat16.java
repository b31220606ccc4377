package org.netsplice.keras;

import io.jhdf.api.Dataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.StringData;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Numbers of type bfloat16, which HDF5 has no type for: Keras stores them as opaque values of two bytes without a tag. The library
 * below stumbles over the missing tag, so the type is renamed to texts of two bytes before the library sees it.
 */
final class Bfloat16 {
    /** A message of an object header (kind 3, 8 bytes) that says: opaque (class 5, version 1), no tag, 2 bytes. */
    private static final byte[] OPAQUE = {3, 0, 8, 0, 0, 0, 0, 0, 0x15, 0, 0, 0, 2, 0, 0, 0};

    private static final int FLAGS = 4;
    private static final int TYPE = 8;
    private static final byte TEXT = 0x13;
    private static final int ALIGNED = 8;

    private Bfloat16() {}

    /** Renames every type of bfloat16 in the content of a file, in place; gives back whether there was one. */
    static boolean rename(byte[] content) {
        boolean any = false;
        for (int at = 0; at + OPAQUE.length <= content.length; at += ALIGNED) {
            if (matches(content, at)) {
                content[at + TYPE] = TEXT;
                any = true;
            }
        }
        return any;
    }

    private static boolean matches(byte[] content, int at) {
        for (int i = 0; i < OPAQUE.length; i++) {
            if (i != FLAGS && content[at + i] != OPAQUE[i]) {
                return false;
            }
        }
        return true;
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
