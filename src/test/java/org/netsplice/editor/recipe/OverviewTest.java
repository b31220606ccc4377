package org.netsplice.editor.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Items;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.Fold;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.editor.BlockingArranger;
import org.netsplice.format.Opened;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.LayerNotation;
import org.netsplice.problem.Where;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** Well-known networks open as the few boxes that a paper would draw. */
class OverviewTest {
    @TempDir
    private Path folder;

    private Opened.Network network(String name) throws IOException {
        Path file = folder.resolve(name + ".json");
        try (InputStream packed =
                new GZIPInputStream(OverviewTest.class.getResourceAsStream("/overview/" + name + ".json.gz"))) {
            Files.copy(packed, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return (Opened.Network) Fixtures.FORMATS.open(file, Optional.empty(), Progress.NONE);
    }

    private static Scene drawn(Document document) {
        return BlockingArranger.arrange(
                Report.of(document.graph()), document.placement(), Detail.WINDOW, Progress.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "MobileNetV2: input_layer, 2 Conv2D + DepthwiseConv2D, block_1–2 × 2, block_3–5 × 3, block_6–9 × 4,"
                        + " block_10–12 × 3, block_13–15 × 3, block_16, Conv2D, global_average_pooling2d, predictions",
                "ResNet50: input_layer, conv1, pool1_pad, pool1_pool, conv2_block × 3, conv3_block × 4, conv4_block × 6,"
                        + " conv5_block × 3, avg_pool, predictions",
                "NASNetMobile: input_layer, stem_conv1, stem_bn1, stem_1, stem_2, normal_0–3 × 4, reduce_4,"
                        + " normal_5–8 × 4, reduce_8, normal_9–12 × 4, global_average_pooling2d, predictions",
                "EfficientNetB0: input_layer, rescaling, normalization, stem, block1a, block2a–2b × 2, block3a–3b × 2,"
                        + " block4a–4c × 3, block5a–5c × 3, block6a–6d × 4, block7a, top, avg_pool, top_dropout, predictions",
                "InceptionV3: input_layer, 3 Conv2D, MaxPooling2D + 2 Conv2D, max_pooling2d_1, mixed0–2 × 3, mixed3,"
                        + " mixed4–7 × 4, mixed8, mixed9–10 × 2, avg_pool, predictions",
                "ViT: input_layer, Conv2D + Dense, (MultiHeadAttention + 2 Dense) × 8, 2 Dense, dense_18",
                "UNet: input_layer, 2 Conv2D, MaxPooling2D + 2 Conv2D, MaxPooling2D + 2 Conv2D, MaxPooling2D + 2 Conv2D,"
                        + " MaxPooling2D + 2 Conv2D, Conv2DTranspose + 2 Conv2D, Conv2DTranspose + 2 Conv2D,"
                        + " Conv2DTranspose + 2 Conv2D, Conv2DTranspose + 2 Conv2D, conv2d_18"
            })
    void aWellKnownNetworkOpensAsAPaperDrawsIt(String name, String boxes) throws IOException {
        Document document = new OpenWithOverview(network(name).edit("")).apply(Document.EMPTY);
        Scene scene = drawn(document);
        assertThat(scene.boxes().stream().map(box -> box.label().title()).collect(Collectors.joining(", ")))
                .isEqualTo(boxes);
        assertThat(Math.min(1600 / scene.bounds().width(), 1000 / scene.bounds().height()))
                .as("how large it is in a window of 1600 × 1000")
                .isGreaterThanOrEqualTo(0.6);
        assertThat(scene.wires())
                .allMatch(wire -> wire.points().get(0).y()
                        < wire.points().get(wire.points().size() - 1).y());
        assertThat(Report.of(document.graph()).problems())
                .isEqualTo(Report.of(network(name).asDocument().graph()).problems());
    }

    @Test
    void blocksOfABoxAreBoxesWhenItIsUnfolded() throws IOException {
        Document document = new OpenWithOverview(network("ResNet50").edit("")).apply(Document.EMPTY);
        Scene.Box run = drawn(document).boxes().stream()
                .filter(box -> box.label().title().equals("conv2_block × 3"))
                .findFirst()
                .orElseThrow();
        Document unfolded = new Fold(Set.of(run.folded().orElseThrow()), false).apply(document);
        assertThat(drawn(unfolded).boxes())
                .extracting(box -> box.label().title())
                .contains("conv2_block1", "conv2_block2", "conv2_block3", "conv3_block × 4")
                .hasSize(12);
    }

    @Test
    void smallNetworksOpenWhole() {
        Opened.Network small = (Opened.Network)
                Fixtures.FORMATS.open(Fixtures.path("seed_merge/model_a/model.keras"), Optional.empty(), Progress.NONE);
        assertThat(new OpenWithOverview(small.edit("")).apply(Document.EMPTY))
                .isEqualTo(small.edit("").apply(Document.EMPTY));
    }

    /** However layers are wired, no box of the overview reads what reads it. */
    @Property(tries = 40)
    void boxesHaveAnOrder(@ForAll long seed) {
        Random random = new Random(seed);
        Map<NodeId, Node> nodes = new LinkedHashMap<>();
        nodes.put(
                new NodeId(1),
                node(1, "x", new InputLayer(Shape.of(Shape.UNKNOWN, 8, 8, 4), DType.FLOAT32), List.of()));
        List<Layer> one = List.of(layer("ReLU"), layer("Conv2D(filters=4,padding=same)"), layer("BatchNormalization"));
        for (int number = 2; number < 130; number++) {
            boolean joins = number > 3 && random.nextInt(4) == 0;
            int near = Math.max(1, number - 1 - random.nextInt(joins ? 12 : 3));
            List<Port> reads = joins
                    ? List.of(Port.of(new NodeId(number - 1)), Port.of(new NodeId(near)))
                    : List.of(Port.of(new NodeId(near)));
            String name = random.nextInt(3) == 0 ? "layer" + number : "block" + number / 9 + "_" + number;
            nodes.put(
                    new NodeId(number),
                    node(number, name, joins ? layer("Add") : one.get(random.nextInt(one.size())), reads));
        }
        Graph graph = new Graph(
                nodes, Map.of(), Map.of(), List.of(new NodeId(1)), List.of(Output.of(Port.of(new NodeId(129)))));
        Document document = new OpenWithOverview(new OpenNetwork(graph, "random", "", "")).apply(Document.EMPTY);
        List<Item> boxes = Items.of(document.graph(), document.placement().folded());
        Set<NodeId> known = new HashSet<>();
        for (boolean more = true; more; ) {
            more = false;
            for (Item box : boxes) {
                boolean ready = box.reads().stream().allMatch(read -> known.contains(read.item()));
                more |= ready && known.add(box.id());
            }
        }
        assertThat(known).hasSameSizeAs(boxes);
        assertThat(boxes.size()).isLessThan(nodes.size());
    }

    private static Layer layer(String text) {
        return LayerNotation.parse(text, Where.NOWHERE).layer();
    }

    private static Node node(long number, String name, Layer layer, List<Port> reads) {
        return new Node(new NodeId(number), name, layer, reads, new WeightsId(1000 + number), true);
    }
}
