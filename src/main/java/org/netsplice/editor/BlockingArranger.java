package org.netsplice.editor;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.arrange.Arranger;
import org.netsplice.edit.Placement;
import org.netsplice.work.Lane;
import org.netsplice.work.Progress;

/** Arranges a scene while the caller waits; the work is done where there is stack enough for deep networks. */
public final class BlockingArranger {
    private BlockingArranger() {}

    /** The scene of a graph. */
    public static Scene arrange(Report report, Placement placement, Detail detail, Progress progress) {
        CompletableFuture<Scene> result = new CompletableFuture<>();
        Lane.LAYOUT.start(
                inside -> new Arranger().arrange(report, placement, detail, progress),
                Runnable::run,
                new Lane.Outcome<>() {
                    @Override
                    public void progress(double fraction, String what) {
                        progress.at(fraction, what);
                    }

                    @Override
                    public void done(Scene scene) {
                        result.complete(scene);
                    }

                    @Override
                    public void failed(Throwable problem) {
                        result.completeExceptionally(problem);
                    }

                    @Override
                    public void stopped() {
                        result.cancel(false);
                    }
                });
        try {
            return result.join();
        } catch (CompletionException problem) {
            throw problem.getCause() instanceof RuntimeException known ? known : problem;
        }
    }
}
