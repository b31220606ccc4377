package org.netsplice.diagram.arrange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Item;
import org.netsplice.diagram.Items;
import org.netsplice.diagram.Label;
import org.netsplice.diagram.Labels;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Group;
import org.netsplice.graph.NodeId;
import org.netsplice.testing.DeepModels;

class ResizingTest {
    private final Graph graph = DeepModels.residual(12).graph();
    private final List<Item> items = Items.of(graph, Set.of());
    private final Map<NodeId, Label> labels = new HashMap<>();
    private Block block;

    private void lay(Detail detail) {
        Labels made = new Labels(Report.of(graph), detail);
        items.forEach(item -> labels.put(item.id(), made.of(item)));
        Group network = graph.groups().values().iterator().next();
        block = Block.of(graph, network, items, labels, detail);
    }

    private static Label sized(Label label, double width, double height) {
        return new Label(
                label.title(),
                label.type(),
                label.rows(),
                label.badge(),
                label.tint(),
                label.color(),
                label.rank(),
                label.state(),
                width,
                height);
    }

    @ParameterizedTest
    @EnumSource(Detail.Direction.class)
    void eachBoxMayGrowALittleWhileNothingElseMoves(Detail.Direction direction) {
        Detail detail = Detail.WINDOW.with(direction);
        lay(detail);
        int grown = 0;
        for (Item item : items) {
            Label before = labels.get(item.id());
            labels.put(item.id(), sized(before, before.width() + 9, before.height() + 4));
            Optional<Block> resized = Resizing.of(block, items, labels, detail);
            if (resized.isPresent()) {
                grown++;
                holds(item, resized.get(), direction);
            }
            labels.put(item.id(), before);
        }
        assertThat(grown).isGreaterThan(items.size() / 2);
    }

    private void holds(Item item, Block resized, Detail.Direction direction) {
        Rect area = resized.boxes().get(item.id());
        Rect before = block.boxes().get(item.id());
        assertThat(area.width()).isEqualTo(before.width() + 9);
        assertThat(area.centerX()).isEqualTo(before.centerX(), org.assertj.core.data.Offset.offset(1e-9));
        resized.boxes().forEach((id, other) -> {
            if (!id.equals(item.id())) {
                assertThat(other).isEqualTo(block.boxes().get(id));
                assertThat(other.meets(area)).isFalse();
            }
        });
        for (Item reader : items) {
            for (int input = 0; input < reader.reads().size(); input++) {
                List<Point> points = resized.wires().get(new Block.Reading(reader.id(), input));
                Point end = Scene.inputAnchor(
                        resized.boxes().get(reader.id()), input, reader.reads().size(), direction);
                assertThat(points.get(points.size() - 1).x())
                        .isEqualTo(end.x(), org.assertj.core.data.Offset.offset(0.01));
                assertThat(points.get(points.size() - 1).y())
                        .isEqualTo(end.y(), org.assertj.core.data.Offset.offset(0.01));
                rightAngled(points);
            }
        }
    }

    private static void rightAngled(List<Point> points) {
        for (int i = 1; i < points.size(); i++) {
            Point a = points.get(i - 1);
            Point b = points.get(i);
            assertThat(Math.min(Math.abs(a.x() - b.x()), Math.abs(a.y() - b.y())))
                    .isLessThan(0.02);
        }
    }

    @Test
    void whereSomethingIsInTheWayThereIsNone() {
        lay(Detail.WINDOW);
        NodeId middle = items.get(items.size() / 2).id();
        Label before = labels.get(middle);
        labels.put(middle, sized(before, 2000, before.height()));
        assertThat(Resizing.of(block, items, labels, Detail.WINDOW)).isEmpty();
        labels.put(middle, sized(before, before.width(), before.height() + 200));
        assertThat(Resizing.of(block, items, labels, Detail.WINDOW)).isEmpty();
    }
}
