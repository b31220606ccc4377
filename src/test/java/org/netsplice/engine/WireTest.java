package org.netsplice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.netsplice.graph.DType;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.ort.Engines;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Messages on pipes: what is sent arrives, and what is no message is refused. */
class WireTest {
    private final ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    private final Wire sending = new Wire(InputStream.nullInputStream(), pipe);

    private Wire receiving() {
        return new Wire(new ByteArrayInputStream(pipe.toByteArray()), OutputStream.nullOutputStream());
    }

    @Test
    void arraysOfEveryFormArriveAsTheyAre() throws IOException {
        float[] many = new float[70_001];
        for (int i = 0; i < many.length; i++) {
            many[i] = i / 3f;
        }
        many[7] = Float.NaN;
        List<Tensor> tensors = List.of(
                Tensor.owning(DType.FLOAT32, Shape.of(1, many.length), many),
                Tensor.owning(DType.BFLOAT16, Shape.of(2), new float[] {1, -2}),
                Tensor.owning(Shape.of(3, 1), new double[] {Math.PI, -0.0, Double.MIN_VALUE}),
                Tensor.owning(DType.INT64, Shape.of(2), new long[] {Long.MAX_VALUE, Long.MIN_VALUE}),
                Tensor.of(Shape.of(0, 4)),
                Tensor.of(Shape.of(), 5));
        sending.send(new Message.Compute(3, tensors));
        sending.send(new Message.Computed(tensors, "DL4J"));
        Wire wire = receiving();
        assertThat(wire.receive()).contains(new Message.Compute(3, tensors));
        assertThat(wire.receive()).contains(new Message.Computed(tensors, "DL4J"));
        assertThat(wire.receive()).isEmpty();
    }

    @Test
    void everyOtherMessageArrivesAndPrintedTextBetweenThemIsSkipped() throws IOException {
        List<Message> messages = List.of(
                new Message.Open(1, Engines.ONNX, Path.of("folder", "1.splice")),
                new Message.Close(1),
                new Message.Stop(),
                new Message.Ready(),
                new Message.Failed("java.lang.IllegalStateException: ä"),
                new Message.Ended(),
                new Message.Doing(0.5, "Predicting"));
        for (Message message : messages) {
            pipe.write("Error at [kernel.cpp:7]\n".getBytes(StandardCharsets.UTF_8));
            sending.send(message);
        }
        Wire wire = receiving();
        for (Message message : messages) {
            assertThat(wire.receive()).contains(message);
        }
    }

    @Test
    void refusalsKeepTheirKindTheirPlacesAndWords() throws IOException {
        List<Problem> problems = List.of(
                Problem.error(new Where.AtNode(7, "dense"), "what", "remedy"),
                Problem.warning(new Where.InFile("file", "inside"), "what", ""),
                Problem.error(new Where.InTable("table", 3, 4), "what", ""),
                Problem.error(new Where.AtOption("input x"), "what", ""),
                Problem.error(Where.NOWHERE, "what", ""));
        sending.send(new Message.Refused(new ModelException.CannotCompile(problems)));
        ModelException why = ((Message.Refused) receiving().receive().orElseThrow()).why();
        assertThat(why).isInstanceOf(ModelException.CannotCompile.class);
        assertThat(why.problems()).isEqualTo(problems);
    }

    @Test
    void whatIsCutOffOrTooLargeIsRefused() throws IOException {
        sending.send(new Message.Compute(3, List.of(Tensor.of(Shape.of(4), 1, 2, 3, 4))));
        byte[] whole = pipe.toByteArray();
        for (int length = 8; length < whole.length; length++) {
            Wire cut =
                    new Wire(new ByteArrayInputStream(Arrays.copyOf(whole, length)), OutputStream.nullOutputStream());
            assertThatThrownBy(cut::receive).isInstanceOf(IOException.class);
        }
        byte[] large = whole.clone();
        /* The highest byte of the number of arrays, behind the frame's header, the kind and the number of the network. */
        large[8 + 1 + 4] = 0x7F;
        assertThatThrownBy(() -> new Wire(new ByteArrayInputStream(large), OutputStream.nullOutputStream()).receive())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("a list of ");
    }
}
