package org.netsplice.keras;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.ObjIntConsumer;
import org.netsplice.graph.DType;
import org.netsplice.graph.Tensor;

/** How the numbers of a tensor stand in an HDF5 file, the least significant byte first. */
enum HdfElements {
    FLOAT32(Float.BYTES),
    FLOAT64(Double.BYTES),
    INT32(Integer.BYTES),
    INT64(Long.BYTES);

    private static final int PORTION = 8192;

    private final int width;

    HdfElements(int width) {
        this.width = width;
    }

    /** Wide numbers stay wide; a single int32, such as the count of steps of an optimizer, stays one. */
    static HdfElements of(Tensor tensor) {
        return switch (tensor.dtype().form()) {
            case DOUBLE -> FLOAT64;
            case WHOLE -> tensor.shape().rank() == 0 && tensor.dtype() == DType.INT32 ? INT32 : INT64;
            case FLOAT -> FLOAT32;
        };
    }

    /** The bytes of a number. */
    int width() {
        return width;
    }

    /** The description of the type, as {@link HdfRecord} needs it. */
    byte[] type() {
        return switch (this) {
            case FLOAT32 -> HdfRecord.real(width, 23, 8, 127);
            case FLOAT64 -> HdfRecord.real(width, 52, 11, 1023);
            case INT32, INT64 -> HdfRecord.whole(width, true);
        };
    }

    /** Writes all numbers of a tensor. */
    void write(Tensor tensor, OutputStream out) throws IOException {
        ByteBuffer portion = ByteBuffer.allocate(PORTION * width).order(ByteOrder.LITTLE_ENDIAN);
        ObjIntConsumer<ByteBuffer> put = putting(tensor);
        int length = tensor.length();
        for (int i = 0; i < length; i++) {
            put.accept(portion, i);
            if (!portion.hasRemaining() || i == length - 1) {
                out.write(portion.array(), 0, portion.position());
                portion.clear();
            }
        }
    }

    private ObjIntConsumer<ByteBuffer> putting(Tensor tensor) {
        return switch (this) {
            case FLOAT32 -> (buffer, i) -> buffer.putFloat(tensor.at(i));
            case FLOAT64 -> (buffer, i) -> buffer.putDouble(tensor.numberAt(i));
            case INT32 -> (buffer, i) -> buffer.putInt((int) tensor.wholeAt(i));
            case INT64 -> (buffer, i) -> buffer.putLong(tensor.wholeAt(i));
        };
    }
}
