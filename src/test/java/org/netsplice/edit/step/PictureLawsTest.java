package org.netsplice.edit.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.arrange.Arranger;
import org.netsplice.edit.Document;
import org.netsplice.edit.History;
import org.netsplice.problem.ModelException;
import org.netsplice.work.Progress;

/** However a document came about, its picture is the same. */
class PictureLawsTest {
    private static final int EDITS = 40;
    private static final List<Detail> DETAILS = List.of(
            Detail.WINDOW, Detail.WINDOW, Detail.WINDOW.withFigure(true), Detail.WINDOW.with(Detail.Direction.LR));

    private final Arranger arranger = new Arranger();

    @Property(tries = 60)
    void thePictureMadeFromTheOneBeforeIsTheOneMadeFromNothing(@ForAll long seed) {
        Random random = new Random(seed);
        RandomEdits edits = new RandomEdits(random);
        History history = History.of(Document.EMPTY);
        Report known = Report.of(history.present().graph());
        Detail detail = Detail.WINDOW;
        for (int i = 0; i < EDITS; i++) {
            try {
                history = history.apply(edits.next(history.present()));
            } catch (ModelException.EditRefused refusal) {
                history = random.nextBoolean() ? history.undo() : history.redo();
            }
            if (random.nextInt(8) == 0) {
                detail = DETAILS.get(random.nextInt(DETAILS.size()));
            }
            Document document = history.present();
            known = Report.of(document.graph(), known);
            Scene made =
                    new Arranger().arrange(Report.of(document.graph()), document.placement(), detail, Progress.NONE);
            same(arranger.arrange(known, document.placement(), detail, Progress.NONE), made);
        }
    }

    private static void same(Scene taken, Scene made) {
        assertThat(taken.boxes()).isEqualTo(made.boxes());
        assertThat(taken.wires()).isEqualTo(made.wires());
        assertThat(taken.frames()).isEqualTo(made.frames());
        assertThat(taken.notes()).isEqualTo(made.notes());
        assertThat(taken.changed(made)).isEmpty();
    }
}
