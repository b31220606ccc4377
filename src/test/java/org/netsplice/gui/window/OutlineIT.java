package org.netsplice.gui.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.netsplice.edit.step.RandomEdits;
import org.netsplice.editor.session.Session;
import org.netsplice.gui.canvas.Outline;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.util.WaitForAsyncUtils;

/** The tree of networks and layers while documents change. */
@ExtendWith(ApplicationExtension.class)
class OutlineIT {
    private static final int DOCUMENTS = 12;
    private static final int STEPS = 40;

    @Test
    void rowsThatAreTakenOverAreThoseMadeFromNothing() throws Exception {
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            Random random = new Random(seed);
            WaitForAsyncUtils.asyncFx(() -> walk(random)).get(2, TimeUnit.MINUTES);
        }
    }

    private static void walk(Random random) {
        Session session = new Session(Platform::runLater);
        RandomEdits edits = new RandomEdits(random);
        Outline kept = new Outline(session);
        new Scene(kept, 300, 600);
        kept.applyCss();
        kept.layout();
        for (int i = 0; i < STEPS; i++) {
            int step = random.nextInt(6);
            if (step == 0) {
                session.undo();
            } else if (step == 1) {
                session.redo();
            } else {
                session.apply(edits.next(session.document()));
            }
            Session fresh = new Session(Platform::runLater);
            Outline made = new Outline(fresh);
            fresh.replace(session.document(), Optional.empty());
            assertThat(rows(kept)).as("step %d", i).isEqualTo(rows(made));
            session.select(Set.copyOf(session.document().graph().nodes().keySet().stream()
                    .limit(2)
                    .toList()));
            assertThat(selected(kept))
                    .as("step %d of %s\n%s\n%s", i, session.selection(), rows(kept), selected(kept))
                    .hasSize(session.selection().size());
        }
    }

    private static TreeView<?> tree(Outline outline) {
        return (TreeView<?>) outline.getChildren().get(0);
    }

    private static List<String> rows(Outline outline) {
        List<String> found = new ArrayList<>();
        collect(tree(outline).getRoot(), "", found);
        return found;
    }

    private static void collect(TreeItem<?> item, String indent, List<String> found) {
        found.add(indent + item.getValue());
        item.getChildren().forEach(child -> collect(child, indent + " ", found));
    }

    private static List<?> selected(Outline outline) {
        return tree(outline).getSelectionModel().getSelectedItems();
    }
}
