package org.netsplice.diagram.arrange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Items;
import org.netsplice.diagram.Labels;
import org.netsplice.diagram.Rect;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.testing.Fixtures;

class BlockTest {

    @Test
    void theLayoutOfLastResortHasEveryBoxAndWireAndOverlapsNothing() {
        Graph graph =
                Fixtures.open("layers/nested_multi_io_called_twice/model.keras").graph();
        List<Item> items = Items.of(graph, Set.of());
        Labels labels = Labels.of(Report.of(graph), Detail.WINDOW, items);
        Group network = graph.groups().values().stream()
                .filter(group -> group.parent().isEmpty())
                .findFirst()
                .orElseThrow();
        Block block = Block.stacked(graph, network, new Boxes(items, labels.all()), Detail.WINDOW);
        assertThat(block.boxes()).hasSameSizeAs(items);
        for (int i = 0; i < items.size(); i++) {
            assertThat(block.boxes().get(i).routes().wires())
                    .hasSameSizeAs(items.get(i).reads())
                    .allMatch(points -> points.size() > 1);
        }
        assertThat(block.frames()).hasSize(2);
        List<Rect> areas = block.areas();
        for (int i = 0; i < areas.size(); i++) {
            assertThat(block.area().contains(areas.get(i).right(), areas.get(i).bottom()))
                    .isTrue();
            for (Rect other : areas.subList(i + 1, areas.size())) {
                assertThat(areas.get(i).meets(other)).isFalse();
            }
        }
    }
}
