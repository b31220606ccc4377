package org.netsplice.diagram.arrange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
import org.netsplice.testing.DeepModels;
import org.netsplice.work.Progress;

class ResizedBlockTest {
    private final Graph graph = DeepModels.residual(12).graph();
    private final List<Item> items = Items.of(graph, Set.of());
    private final List<Label> labels = new ArrayList<>();
    private Block block;

    private void lay(Detail detail) {
        labels.addAll(Labels.of(Report.of(graph), detail, items).all());
        Group network = graph.groups().values().iterator().next();
        block = Block.of(graph, network, new Boxes(items, List.copyOf(labels)), detail, Progress.NONE);
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
        for (int number = 0; number < items.size(); number++) {
            Label before = labels.get(number);
            labels.set(number, sized(before, before.width() + 9, before.height() + 4));
            Optional<Block> resized = ResizedBlock.of(block, new Boxes(items, labels), detail);
            if (resized.isPresent()) {
                grown++;
                holds(number, resized.get(), direction);
            }
            labels.set(number, before);
        }
        assertThat(grown).isGreaterThan(items.size() / 2);
    }

    private void holds(int number, Block resized, Detail.Direction direction) {
        Rect area = resized.areas().get(number);
        Rect before = block.areas().get(number);
        assertThat(area.width()).isEqualTo(before.width() + 9);
        assertThat(area.centerX()).isEqualTo(before.centerX(), org.assertj.core.data.Offset.offset(1e-9));
        for (int other = 0; other < items.size(); other++) {
            if (other != number) {
                assertThat(resized.areas().get(other)).isEqualTo(block.areas().get(other));
                assertThat(resized.areas().get(other).meets(area)).isFalse();
            }
        }
        for (int reader = 0; reader < items.size(); reader++) {
            int inputs = items.get(reader).reads().size();
            for (int input = 0; input < inputs; input++) {
                List<Point> points = resized.boxes().get(reader).routes().to(input);
                Point end = Scene.inputAnchor(resized.areas().get(reader), input, inputs, direction);
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
        int middle = items.size() / 2;
        Label before = labels.get(middle);
        labels.set(middle, sized(before, 2000, before.height()));
        assertThat(ResizedBlock.of(block, new Boxes(items, labels), Detail.WINDOW))
                .isEmpty();
        labels.set(middle, sized(before, before.width(), before.height() + 200));
        assertThat(ResizedBlock.of(block, new Boxes(items, labels), Detail.WINDOW))
                .isEmpty();
    }
}
