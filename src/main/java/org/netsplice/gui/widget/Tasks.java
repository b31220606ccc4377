package org.netsplice.gui.widget;

import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import org.netsplice.problem.Printable;
import org.netsplice.work.Lane;
import org.netsplice.work.Work;

/** Runs work in the background and shows its progress, with a button that cancels it. */
public final class Tasks extends HBox {
    private final ProgressBar bar = new ProgressBar();
    private final Label what = new Label();
    private final Button cancel = new Button("Cancel");
    private final Consumer<Throwable> failed;
    private final Set<Runnable> stops = new HashSet<>();
    private int running;

    /** {@code failed} shows a failure to the user. */
    public Tasks(Consumer<Throwable> failed) {
        super(8);
        this.failed = failed;
        setAlignment(Pos.CENTER_LEFT);
        bar.setPrefWidth(120);
        cancel.setId("cancel");
        cancel.getStyleClass().add("small");
        cancel.setOnAction(event -> Set.copyOf(stops).forEach(Runnable::run));
        getChildren().addAll(what, bar, cancel);
        visibleProperty().addListener((any, was, is) -> takeRoom(is));
        setVisible(false);
    }

    /** While it is hidden it takes no width; its height stays, so that nothing above it moves. */
    private void takeRoom(boolean needed) {
        setMinWidth(needed ? USE_COMPUTED_SIZE : 0);
        setPrefWidth(needed ? USE_COMPUTED_SIZE : 0);
    }

    /** Whether work is running. */
    public boolean busy() {
        return running > 0;
    }

    /** Runs work; {@code then} gets its result in the thread of the window. */
    public <T> void run(String title, Lane lane, Work<T> work, Consumer<T> then) {
        running++;
        setVisible(true);
        what.setText(title);
        bar.setProgress(ProgressBar.INDETERMINATE_PROGRESS);
        Runnable[] stop = new Runnable[1];
        stop[0] = lane.start(work, Platform::runLater, new Lane.Outcome<T>() {
            @Override
            public void progress(double fraction, String text) {
                bar.setProgress(fraction < 0 ? ProgressBar.INDETERMINATE_PROGRESS : fraction);
                what.setText(Printable.name(text));
            }

            @Override
            public void done(T result) {
                ended(stop[0]);
                then.accept(result);
            }

            @Override
            public void failed(Throwable problem) {
                ended(stop[0]);
                Tasks.this.failed.accept(problem);
            }

            @Override
            public void stopped() {
                ended(stop[0]);
            }
        });
        stops.add(stop[0]);
    }

    private void ended(Runnable stop) {
        stops.remove(stop);
        running--;
        setVisible(running > 0);
    }
}
