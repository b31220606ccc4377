package org.netsplice.onnx.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.edit.Document;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.kind.OnnxActivations;
import org.netsplice.onnx.proto.GraphProto;
import org.netsplice.onnx.proto.ModelProto;
import org.netsplice.onnx.proto.NodeProto;
import org.netsplice.onnx.proto.TensorProto;
import org.netsplice.onnx.proto.ValueInfoProto;
import org.netsplice.ops.Activations;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.testing.OnnxRun;
import org.netsplice.work.Progress;

class OnnxExporterTest {
    @TempDir
    Path folder;

    private ModelProto written(String fixture) {
        return read(write(new OnnxExporter(), fixture));
    }

    private Path write(OnnxExporter exporter, String fixture) {
        Path file = folder.resolve("network.onnx");
        exporter.write(Fixtures.open(fixture), file, Progress.NONE);
        return file;
    }

    private static ModelProto read(Path file) {
        try {
            return ModelProto.read(ByteBuffer.wrap(Files.readAllBytes(file)), file.toString());
        } catch (IOException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static List<String> operators(GraphProto graph) {
        return graph.nodes().stream().map(NodeProto::operator).toList();
    }

    @Test
    void imagesStayChannelsFirstBetweenLayersThatWorkSo() {
        ModelProto model = written("digits/cnn_a/model.keras");
        GraphProto graph = model.graph().orElseThrow();
        assertThat(model.irVersion()).isEqualTo(10);
        assertThat(model.opsets()).isEqualTo(Map.of("", 18L));
        assertThat(String.join(" ", operators(graph)))
                .isEqualTo("Transpose Conv Relu MaxPool Conv Relu Transpose Reshape Gemm Relu Gemm Softmax");
        assertThat(graph.inputs().get(0).axes().orElseThrow().get(0)).isEqualTo(ValueInfoProto.Axis.named("N"));
    }

    @Test
    void normalizationIsOneNode() {
        GraphProto graph = written("layers/residual_block/model.keras").graph().orElseThrow();
        assertThat(operators(graph))
                .contains("BatchNormalization")
                .filteredOn("Transpose"::equals)
                .hasSize(2);
    }

    @Test
    void namesOfInputsOutputsAndLayersAreKept() {
        Document document = Fixtures.open("layers/names_with_spaces_and_unicode/model.keras");
        GraphProto graph = written("layers/names_with_spaces_and_unicode/model.keras")
                .graph()
                .orElseThrow();
        assertThat(graph.inputs().stream().map(ValueInfoProto::name))
                .containsExactlyElementsOf(document.graph().inputs().stream()
                        .map(input -> document.graph().node(input).name())
                        .toList());
        assertThat(graph.outputs().stream().map(ValueInfoProto::name))
                .containsExactlyElementsOf(document.graph().outputs().stream()
                        .map(document.graph()::outputName)
                        .toList());
        assertThat(graph.nodes().stream().map(NodeProto::name)).doesNotHaveDuplicates();
    }

    @Test
    void anOutputThatIsAnInputIsNamedOtherwise() {
        Path file = folder.resolve("network.onnx");
        List<Problem> notes =
                new OnnxExporter().write(Fixtures.open("layers/output_is_input/model.keras"), file, Progress.NONE);
        GraphProto graph = read(file).graph().orElseThrow();
        Set<String> inputs =
                Set.copyOf(graph.inputs().stream().map(ValueInfoProto::name).toList());
        assertThat(graph.outputs().stream().map(ValueInfoProto::name)).doesNotContainAnyElementsOf(inputs);
        assertThat(operators(graph)).contains("Identity");
        assertThat(notes)
                .singleElement()
                .satisfies(note ->
                        assertThat(note.line()).isEqualTo("the output \"in_0\" is named \"in_0_output\" in the file"));
    }

    @Test
    void sharedWeightsAreWrittenOnce() {
        for (String fixture : List.of("shared_layer_chained", "shared_layer_two_inputs", "shared_submodel")) {
            Document document = Fixtures.open("layers/" + fixture + "/model.keras");
            long numbers = document.graph().weights().values().stream()
                    .flatMap(weights -> weights.tensors().stream())
                    .mapToLong(Tensor::length)
                    .sum();
            GraphProto graph =
                    written("layers/" + fixture + "/model.keras").graph().orElseThrow();
            long written = graph.initializers().stream()
                    .filter(tensor -> tensor.element() == 1)
                    .mapToLong(tensor -> tensor.values().remaining() / 4)
                    .sum();
            assertThat(written).as(fixture).isEqualTo(numbers);
        }
    }

    @Test
    void weightsThatAreTooManyStandBesideTheFile() throws IOException {
        Path file = write(new OnnxExporter(20_000), "digits/cnn_a/model.keras");
        assertThat(Files.size(file)).isLessThan(20_000);
        assertThat(folder.resolve("network.onnx.data")).isRegularFile();
        assertThat(read(file).graph().orElseThrow().initializers().stream().map(TensorProto::external))
                .contains(Map.of("location", "network.onnx.data", "offset", "0", "length", "10368"));
        Tensor input = Fixtures.npy("digits/X_test.npy");
        Path whole = folder.resolve("whole.onnx");
        new OnnxExporter().write(Fixtures.open("digits/cnn_a/model.keras"), whole, Progress.NONE);
        try (OnnxRun one = new OnnxRun(file);
                OnnxRun other = new OnnxRun(whole)) {
            Map<String, Tensor> inputs =
                    Map.of(read(file).graph().orElseThrow().inputs().get(0).name(), input);
            assertThat(Difference.largest(other.predict(inputs), one.predict(inputs)))
                    .isZero();
        }
    }

    @Test
    void aNetworkThatCannotRunIsRefusedWithTheReasons() {
        Document document = Fixtures.open("bad/lambda_layer/model.keras");
        Path file = folder.resolve("network.onnx");
        assertThatThrownBy(() -> new OnnxExporter().write(document, file, Progress.NONE))
                .isInstanceOf(ModelException.CannotCompile.class)
                .hasMessage("python_code: Lambda cannot be computed: it holds Python code, which is never run");
        assertThat(file).doesNotExist();
    }

    @Test
    void everyActivationHasAForm() {
        assertThat(OnnxActivations.names()).containsAll(Activations.names());
    }
}
