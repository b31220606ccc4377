package org.netsplice.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.MarkOutput;
import org.netsplice.graph.DType;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.LayerNotation;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Whatever ports of a network are its outputs, inner ones and inputs included, each gives what it gives as the only output. */
class SeveralOutputsTest {
    private static final int WIDTH = 4;
    private static final List<String> ONE = List.of("Dense(units=4)", "Activation(activation=tanh)", "ops.TopK(k=4)");

    @Property(tries = 12)
    void everySubsetOfOutputsGivesWhatSingleOutputsGive(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int layers, @ForAll boolean chain) {
        Document document = network(new Random(seed), layers, chain);
        List<Port> ports = new ArrayList<>();
        for (Node node : document.graph().inOrder()) {
            for (int index = 0; index < node.layer().outputCount(); index++) {
                ports.add(new Port(node.id(), index));
            }
        }
        Map<Port, Tensor> single = new LinkedHashMap<>();
        ports.forEach(port -> single.put(
                port, predict(document, List.of(port)).values().iterator().next()));
        Random random = new Random(seed);
        int all = 1 << ports.size();
        for (int i = 1; i < Math.min(all, 40); i++) {
            int subset = all <= 40 ? i : 1 + random.nextInt(all - 1);
            List<Port> chosen = new ArrayList<>();
            for (int at = 0; at < ports.size(); at++) {
                if ((subset >> at & 1) == 1) {
                    chosen.add(random.nextBoolean() ? chosen.size() : 0, ports.get(at));
                }
            }
            List<Tensor> found = List.copyOf(predict(document, chosen).values());
            for (int at = 0; at < chosen.size(); at++) {
                assertThat(found.get(at))
                        .as("output %s of %s in %s", chosen.get(at), chosen, document.graph())
                        .isEqualTo(single.get(chosen.get(at)));
            }
        }
    }

    @Property(tries = 12)
    void batchAfterBatchGivesWhatBatchesTogetherGive(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 9) int size) {
        CompiledNetwork network = Compiler.compile(network(new Random(seed), 3, true), Progress.NONE);
        float[] values = new float[rows * WIDTH];
        Random random = new Random(~seed);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat();
        }
        Tensor data = Tensor.owning(DType.FLOAT32, Shape.of(rows, WIDTH), values);
        List<Map<String, Tensor>> batches = new ArrayList<>();
        for (int from = 0; from < rows; from += size) {
            batches.add(Map.of("x", data.rows(from, Math.min(rows, from + size))));
        }
        Map<String, List<Tensor>> parts = new LinkedHashMap<>();
        network.predict(batches.iterator(), Progress.NONE)
                .forEachRemaining(results -> results.forEach((name, part) ->
                        parts.computeIfAbsent(name, any -> new ArrayList<>()).add(part)));
        Map<String, Tensor> together = network.predict(Map.of("x", data), size, Progress.NONE);
        assertThat(parts.keySet()).isEqualTo(together.keySet());
        together.forEach(
                (name, tensor) -> assertThat(Tensor.joined(parts.get(name))).isEqualTo(tensor));
    }

    private static Document network(Random random, int layers, boolean chain) {
        Document document =
                added(Document.EMPTY, new InputLayer(Shape.of(Shape.UNKNOWN, WIDTH), DType.FLOAT32), "x", List.of());
        for (int i = 0; i < layers; i++) {
            boolean two = random.nextInt(3) == 0;
            String layer = two ? "Add" : ONE.get(random.nextInt(ONE.size()));
            List<Port> reads = new ArrayList<>();
            for (int input = 0; input < (two ? 2 : 1); input++) {
                List<Node> nodes = document.graph().inOrder();
                int place = chain && input == 0 ? nodes.size() - 1 : random.nextInt(nodes.size());
                Node node = nodes.get(place);
                int index = node.layer().className().equals("TopK") && random.nextInt(4) > 0 ? 0 : -1;
                reads.add(new Port(node.id(), index < 0 ? node.layer().outputCount() - 1 : 0));
            }
            document = added(document, LayerNotation.parse(layer, Where.NOWHERE).layer(), "layer_" + i, reads);
        }
        return document;
    }

    private static Document added(Document document, Layer layer, String name, List<Port> reads) {
        return new AddLayer(layer, name, reads, Optional.empty()).apply(document);
    }

    private static Map<String, Tensor> predict(Document document, List<Port> ports) {
        Document marked = document;
        for (Output output : document.graph().outputs()) {
            marked = new MarkOutput(output.port(), false).apply(marked);
        }
        for (Port port : ports) {
            marked = new MarkOutput(port, true).apply(marked);
        }
        NodeId input = document.graph().inputs().get(0);
        float[] values = new float[3 * WIDTH];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i + 1);
        }
        Map<String, Tensor> outputs = Compiler.compile(marked, Progress.NONE)
                .predict(
                        Map.of(document.graph().node(input).name(), Tensor.of(Shape.of(3, WIDTH), values)),
                        2,
                        Progress.NONE);
        assertThat(outputs).hasSize(ports.size());
        return outputs;
    }
}
