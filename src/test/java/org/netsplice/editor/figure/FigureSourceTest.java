package org.netsplice.editor.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netsplice.diagram.Detail;
import org.netsplice.export.FigureOptions;
import org.netsplice.export.Picture;
import org.netsplice.testing.DeepModels;
import org.netsplice.work.Progress;

/** When a picture is arranged again. */
class FigureSourceTest {
    private static Picture draw(FigureSource source, FigureOptions options) {
        return source.draw(options, Progress.NONE);
    }

    @Test
    void onlyWhatMovesBoxesArrangesAgain() {
        FigureSource source = new FigureSource(DeepModels.residual(3), Set.of());
        FigureOptions options = FigureOptions.WINDOW;
        Picture first = draw(source, options);
        assertThat(draw(source, options.withDpi(300)).scene()).isSameAs(first.scene());
        Detail.Direction other = Detail.Direction.LR;
        assertThat(options.direction()).isNotEqualTo(other);
        Picture turned = draw(source, options.with(other, options.splines(), options.look()));
        assertThat(turned.scene()).isNotSameAs(first.scene());
        assertThat(turned.scene().boxes()).hasSameSizeAs(first.scene().boxes());
        assertThat(draw(source, options).scene().bounds())
                .isEqualTo(first.scene().bounds());
    }
}
