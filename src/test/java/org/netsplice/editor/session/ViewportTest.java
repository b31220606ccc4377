package org.netsplice.editor.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.netsplice.diagram.Labels;
import org.netsplice.diagram.Rect;

class ViewportTest {

    @Property
    void whatIsOpenedCanBeReadAndBeginsAtItsInput(
            @ForAll @DoubleRange(min = 200, max = 3000) double width,
            @ForAll @DoubleRange(min = 150, max = 2000) double height,
            @ForAll @DoubleRange(min = 60, max = 40000) double sceneWidth,
            @ForAll @DoubleRange(min = 60, max = 40000) double sceneHeight,
            @ForAll @DoubleRange(min = 0, max = 1) double place,
            @ForAll @DoubleRange(min = 1, max = 2) double unit) {
        Viewport view = new Viewport();
        view.resize(width, height);
        view.setUnit(unit);
        Rect all = new Rect(-50, 20, sceneWidth, sceneHeight);
        Rect first = new Rect(all.x() + place * (sceneWidth - 50), all.y(), 50, 30);
        view.open(all, first);
        assertThat((Labels.SIZE - 1) * view.zoom()).isGreaterThanOrEqualTo(9 - 1e-9);
        Rect seen = view.visible();
        assertThat(seen.contains(first.centerX(), first.centerY())).isTrue();
        if (sceneHeight * view.scale() > height) {
            assertThat((seen.y() - all.y()) * view.scale())
                    .as("space above the input")
                    .isCloseTo(-30 * view.scale(), within(1e-6));
        }
    }
}
