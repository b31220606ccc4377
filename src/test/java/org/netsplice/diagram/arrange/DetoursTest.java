package org.netsplice.diagram.arrange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.netsplice.diagram.Detail.Direction;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene.Point;

class DetoursTest {
    /** The least length of the piece that holds the arrowhead, in pixels. */
    private static final double ARROW = 8;

    @Property(tries = 60)
    void theLastPieceHoldsTheArrowheadBetweenBoxesThatNearlyTouch(
            @ForAll @IntRange(min = 13, max = 40) int gap, @ForAll @IntRange(min = 20, max = 300) int beside) {
        Rect source = new Rect(400, 0, 150, 50);
        Rect reader = new Rect(400 - beside, 50 + gap, 268, 80);
        Detours detours = new Detours(List.of(source, reader), Direction.TB);
        List<Point> path = detours.path(new Point(475, 50), new Point(534 - beside, 50 + gap))
                .orElseThrow();
        assertThat(detours.isCrossed(path)).isFalse();
        Point end = path.get(path.size() - 1);
        Point bend = path.get(path.size() - 2);
        assertThat(end.x()).isEqualTo(bend.x());
        assertThat(end.y() - bend.y()).isGreaterThanOrEqualTo(ARROW);
    }
}
