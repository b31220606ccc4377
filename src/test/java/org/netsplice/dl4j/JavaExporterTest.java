package org.netsplice.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.netsplice.edit.Document;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.Problem;
import org.netsplice.testing.Difference;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Java code that is written for networks compiles and predicts what this program predicts. */
class JavaExporterTest {
    @TempDir
    Path folder;

    private void compile(Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter told = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options =
                    List.of("-proc:none", "-d", folder.toString(), "-cp", System.getProperty("java.class.path"));
            assertThat(compiler.getTask(told, files, null, options, null, files.getJavaFileObjects(source))
                            .call())
                    .as(told.toString())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"seed_merge/merged", "digits/ensemble_concat_head"})
    void theCodePredictsWhatTheProgramPredicts(String network) throws ReflectiveOperationException, IOException {
        Document document = Fixtures.open(network + "/model.keras");
        Path source = folder.resolve("my-net 1.java");
        List<Problem> notes = new JavaExporter(new Dl4jExporter()).write(document, source, Progress.NONE);
        assertThat(notes)
                .extracting(Problem::text)
                .containsExactly(
                        "DL4J loads it with netsplice.jar on the class path, which computes its layers",
                        "the network is in my-net 1.zip beside it");
        compile(source);
        Map<String, Tensor> data = Fixtures.inputs(
                Fixtures.ROOT.resolve(network),
                Compiler.compile(document, Progress.NONE).inputs().stream()
                        .map(CompiledNetwork.Input::name)
                        .toList());
        Map<String, Tensor> expected = Compiler.compile(document, Progress.NONE).predict(data, 32, Progress.NONE);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Class<?> code = Class.forName("My_net_1", true, loader);
            Method load = code.getDeclaredMethod("load", File.class);
            Method predict = code.getDeclaredMethod("predict", ComputationGraph.class, INDArray[].class);
            load.setAccessible(true);
            predict.setAccessible(true);
            ComputationGraph loaded = (ComputationGraph) load.invoke(null, folder.toFile());
            INDArray[] inputs = loaded.getConfiguration().getNetworkInputs().stream()
                    .map(data::get)
                    .map(tensor -> Numbers.array(tensor, tensor.dtype()))
                    .toArray(INDArray[]::new);
            INDArray[] outputs = (INDArray[]) predict.invoke(null, loaded, inputs);
            Map<String, Tensor> found = new LinkedHashMap<>();
            int next = 0;
            for (Map.Entry<String, Tensor> one : expected.entrySet()) {
                found.put(
                        one.getKey(),
                        Numbers.tensor(outputs[next++], one.getValue().dtype()));
            }
            assertThat(Difference.largest(expected, found)).isLessThan(1e-6);
        }
    }

    @Test
    void theExampleOfTheRepositoryCompiles() throws IOException {
        compile(Path.of("src/example/java/Predict.java"));
        assertThat(folder.resolve("Predict.class")).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"; System.exit(1); //\n\\u0022", "class", "file", "@CLASS@FILE", "ünï\u2028", "1", "_"})
    void anyNameOfAFileIsALiteralAndAClass(String name) throws IOException {
        assertThat(JavaExporter.className(name)).matches("[A-Z][A-Za-z0-9_]*").isNotEqualTo("File");
        String code = "class " + JavaExporter.className(name) + " { String s = " + JavaExporter.literal(name) + "; }";
        Path source = folder.resolve("Some.java");
        Files.writeString(source, code, StandardCharsets.US_ASCII);
        compile(source);
        assertThat(code.replaceAll("\\\\.", "").chars().filter(c -> c == '"').count())
                .isEqualTo(2);
    }
}
