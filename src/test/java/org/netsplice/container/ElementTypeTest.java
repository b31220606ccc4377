package org.netsplice.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;

/** Numbers of every type are the same after they were written and read, those at the ends of its range included. */
class ElementTypeTest {
    @TempDir
    Path folder;

    private static final Shape THREE = Shape.of(3);
    private static final List<Tensor> EXTREMES = List.of(
            Tensor.owning(DType.FLOAT16, THREE, new float[] {65504, 0x1p-24f, Float.NEGATIVE_INFINITY}),
            Tensor.owning(DType.FLOAT32, THREE, new float[] {Float.MAX_VALUE, Float.MIN_VALUE, Float.NaN}),
            Tensor.owning(THREE, new double[] {Double.MAX_VALUE, 1 + 0x1p-52, -0.0}),
            Tensor.owning(DType.INT8, THREE, new float[] {-128, 127, 0}),
            Tensor.owning(DType.UINT8, THREE, new float[] {255, 128, 0}),
            Tensor.owning(DType.INT16, THREE, new float[] {-32768, 32767, 0}),
            Tensor.owning(DType.UINT16, THREE, new float[] {65535, 32768, 0}),
            Tensor.owning(DType.INT32, THREE, new long[] {Integer.MIN_VALUE, Integer.MAX_VALUE, (1 << 24) + 1}),
            Tensor.owning(DType.UINT32, THREE, new long[] {0xffffffffL, 1L << 31, 0}),
            Tensor.owning(DType.INT64, THREE, new long[] {Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1}),
            Tensor.owning(DType.UINT64, THREE, new long[] {-1, Long.MIN_VALUE, 0}),
            Tensor.owning(DType.BOOL, THREE, new float[] {1, 0, 1}));

    @Test
    void arraysKeepEveryNumber() throws IOException {
        for (Tensor tensor : EXTREMES) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Npy.write(tensor, bytes);
            Path file = folder.resolve(tensor.dtype().text() + ".npy");
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write(bytes.toByteArray());
            }
            assertThat(Npy.read(bytes.toByteArray(), "a.npy", "")).isEqualTo(tensor);
            assertThat(Npy.read(file)).isEqualTo(tensor);
        }
    }

    @Test
    void weightsOfDocumentsKeepEveryNumber() throws IOException {
        for (Tensor tensor : EXTREMES) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            Safetensors.write(Map.of("w", tensor), bytes);
            assertThat(Safetensors.read(bytes.toByteArray(), "w", "")).isEqualTo(Map.of("w", tensor));
        }
    }

    @Test
    void uint64AboveTheRangeOfLongIsPositive() {
        Tensor tensor = Tensor.owning(DType.UINT64, Shape.of(1), new long[] {-1});
        assertThat(tensor.numberAt(0)).isEqualTo(0x1p64);
        assertThat(tensor.wholeAt(0)).isEqualTo(-1);
    }
}
