package org.netsplice.diagram.arrange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Items;
import org.netsplice.diagram.Label;
import org.netsplice.diagram.Labels;
import org.netsplice.diagram.Rect;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.NodeId;
import org.netsplice.testing.Fixtures;

class BlockTest {

    @Test
    void theLayoutOfLastResortHasEveryBoxAndWireAndOverlapsNothing() {
        Graph graph =
                Fixtures.open("layers/nested_multi_io_called_twice/model.keras").graph();
        List<Item> items = Items.of(graph, Set.of());
        Labels labels = new Labels(Report.of(graph), Detail.WINDOW);
        Map<NodeId, Label> texts = new HashMap<>();
        items.forEach(item -> texts.put(item.id(), labels.of(item)));
        Group network = graph.groups().values().stream()
                .filter(group -> group.parent().isEmpty())
                .findFirst()
                .orElseThrow();
        Block block = Block.stacked(graph, network, items, texts, Detail.WINDOW);
        assertThat(block.boxes()).hasSameSizeAs(items);
        assertThat(block.wires())
                .hasSize(items.stream().mapToInt(item -> item.reads().size()).sum());
        assertThat(block.frames()).hasSize(2);
        List<Rect> areas = List.copyOf(block.boxes().values());
        for (int i = 0; i < areas.size(); i++) {
            assertThat(block.area().contains(areas.get(i).right(), areas.get(i).bottom()))
                    .isTrue();
            for (Rect other : areas.subList(i + 1, areas.size())) {
                assertThat(areas.get(i).meets(other)).isFalse();
            }
        }
    }
}
