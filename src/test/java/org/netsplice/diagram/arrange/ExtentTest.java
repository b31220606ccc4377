package org.netsplice.diagram.arrange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.edit.step.Ungroup;
import org.netsplice.editor.BlockingArranger;
import org.netsplice.graph.DType;
import org.netsplice.graph.Graph;
import org.netsplice.graph.GroupId;
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
import org.netsplice.testing.DeepModels;
import org.netsplice.work.Progress;

/** The work of a layout is told from the wires, and graphs that are too much for it are drawn in proportion to their size. */
class ExtentTest {
    private static final Layer INPUT = new InputLayer(Shape.of(Shape.UNKNOWN, 6), DType.FLOAT32);
    private static final Layer PLAIN =
            LayerNotation.parse("Activation(activation=relu)", Where.NOWHERE).layer();
    private static final Layer ADD = LayerNotation.parse("Add()", Where.NOWHERE).layer();

    @Test
    void aChainIsNarrowHoweverLong() {
        int[][] chain = new int[10_000][];
        Arrays.setAll(chain, number -> number == 0 ? new int[0] : new int[] {number - 1});
        assertThat(Extent.of(chain)).isEqualTo(new Extent(10_000, 1, 9_999));
        assertThat(Extent.of(chain).isExcessive()).isFalse();
    }

    @Test
    void everyWireThatPassesAGapCounts() {
        assertThat(Extent.of(new int[][] {{}, {0, 0, 0}})).isEqualTo(new Extent(2, 3, 9));
        assertThat(Extent.of(new int[][] {{}, {0}, {1}, {0, 2}})).isEqualTo(new Extent(4, 2, 4 + 4 + 4));
        assertThat(Extent.of(new int[][] {{}, {0}, {1}, {}, {2, 3}}))
                .as("an input stands right before its reader")
                .isEqualTo(new Extent(5, 2, 1 + 1 + 4));
    }

    @Test
    void boxesStandLateOnlyWhereFewWiresGetLong() {
        assertThat(Extent.allowsLate(new int[][] {{}, {0}, {0}, {2}, {1, 3}})).isTrue();
        int[][] exits = new int[2000][];
        exits[0] = new int[] {};
        for (int number = 1; number < exits.length; number++) {
            exits[number] = new int[] {number % 2 == 1 ? Math.max(0, number - 2) : number - 1};
        }
        assertThat(Extent.of(exits).isExcessive()).isFalse();
        assertThat(Extent.allowsLate(exits))
                .as("an output at every layer of a chain")
                .isFalse();
    }

    @Test
    void realNetworksAreLaidOutInLayers() {
        Extent residual = extent(DeepModels.residual(1000));
        assertThat(residual.isExcessive()).isFalse();
        assertThat(residual.keepsOrder()).isTrue();
    }

    private static Extent extent(Document document) {
        List<Node> nodes = List.copyOf(document.graph().nodes().values());
        return Extent.of(nodes.stream()
                .map(node -> node.inputs().stream()
                        .mapToInt(port -> document.graph().place(port.node()))
                        .toArray())
                .toArray(int[][]::new));
    }

    private static Document document(List<Layer> layers, List<List<Integer>> sources) {
        Map<NodeId, Node> nodes = new LinkedHashMap<>();
        for (int i = 0; i < layers.size(); i++) {
            List<Port> reads = sources.get(i).stream()
                    .map(source -> Port.of(new NodeId(source + 1L)))
                    .toList();
            NodeId id = new NodeId(i + 1L);
            nodes.put(id, new Node(id, "l" + i, layers.get(i), reads, new WeightsId(i + 1L), true));
        }
        Output output = new Output(Port.of(new NodeId(layers.size())), "");
        Graph graph = new Graph(nodes, Map.of(), Map.of(), List.of(new NodeId(1)), List.of(output));
        return new OpenNetwork(graph, "m", "", "").apply(Document.EMPTY);
    }

    /** The same layers in no network. */
    private static Document loose(Document document) {
        Document loose = document;
        for (GroupId group : document.graph().groups().keySet()) {
            loose = new Ungroup(group).apply(loose);
        }
        return loose;
    }

    /** A layer that reads one output as often. */
    private static Document parallel(int wires) {
        return document(List.of(INPUT, ADD), List.of(List.of(), Collections.nCopies(wires, 0)));
    }

    /** A chain of which every layer feeds the last. */
    private static Document skipping(int length) {
        List<Layer> layers = new ArrayList<>(List.of(INPUT));
        List<List<Integer>> sources = new ArrayList<>(List.of(List.of()));
        for (int i = 1; i <= length; i++) {
            layers.add(PLAIN);
            sources.add(List.of(i - 1));
        }
        layers.add(ADD);
        sources.add(IntStream.rangeClosed(1, length).boxed().toList());
        return document(layers, sources);
    }

    @Test
    void whatIsTooMuchIsStackedAndNoWireRunsBehindABox() {
        for (Document document :
                List.of(parallel(5_000), skipping(300), loose(parallel(5_000)), loose(skipping(300)))) {
            assertThat(extent(document).isExcessive()).isTrue();
            Report report = Report.of(document.graph());
            for (Detail.Direction direction : Detail.Direction.values()) {
                Detail detail = new Detail(false, false, true, false, false, false, direction, Detail.Splines.ORTHO);
                Scene scene = BlockingArranger.arrange(report, document.placement(), detail, Progress.NONE);
                Detours boxes =
                        new Detours(scene.boxes().stream().map(Scene.Box::area).toList(), direction);
                assertThat(scene.boxes()).hasSize(document.graph().nodes().size());
                assertThat(scene.wires()).hasSizeGreaterThan(500).noneMatch(wire -> boxes.isCrossed(wire.points()));
            }
        }
    }
}
