package org.netsplice.gui.window;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Application;
import javafx.application.Platform;
import javafx.scene.image.Image;
import javafx.scene.text.Font;
import javafx.stage.Stage;
import org.netsplice.diagram.Type;
import org.netsplice.editor.Preferences;
import org.netsplice.editor.ProblemLog;
import org.netsplice.editor.Samples;
import org.netsplice.editor.UserFolder;
import org.netsplice.editor.session.Recovery;
import org.netsplice.format.Formats;
import org.netsplice.gui.Sentences;
import org.netsplice.gui.result.Compiling;
import org.netsplice.work.Lane;
import org.netsplice.work.Progress;

/** The program with a window. */
public final class App extends Application {
    private static Formats formats = new Formats(List.of(), List.of());
    private static List<Path> files = List.of();
    private static boolean sample;
    private static Consumer<Consumer<List<Path>>> later = any -> {};

    /**
     * Opens the window and returns when it is closed.
     *
     * @param withSample whether it opens with the models of the tutorial
     * @param others is told how to open files that come later, from any thread, as soon as the window is there
     */
    public static void open(Formats all, List<Path> toOpen, boolean withSample, Consumer<Consumer<List<Path>>> others) {
        later = others;
        formats = all;
        files = toOpen;
        sample = withSample;
        launch(App.class);
    }

    @Override
    public void start(Stage stage) throws Exception {
        for (String face : List.of(Type.REGULAR, Type.BOLD)) {
            try (InputStream font = App.class.getResourceAsStream(face)) {
                Font.loadFont(font, 12);
            }
        }
        ProblemLog.ofUser().start();
        MainWindow window = new MainWindow(stage, formats, Preferences.ofUser(), Optional.empty());
        try (InputStream icon = App.class.getResourceAsStream("/assets/icon/netsplice-128.png")) {
            stage.getIcons().add(new Image(icon));
        }
        Thread.currentThread().setUncaughtExceptionHandler((thread, problem) -> unexpected(window, problem));
        window.show();
        window.current().canvas().requestFocus();
        window.keepCopies(() -> Recovery.begin(
                UserFolder.state().resolve("recovery"),
                (document, path) -> formats.write(document, path, Progress.NONE)));
        if (sample) {
            window.current().files().openSamples(Samples.bundled().tutorial());
        }
        window.open(files);
        later.accept(arrived -> Platform.runLater(() -> window.arrive(arrived)));
        Lane.FILES.run(() -> Platform.runLater(() -> Lane.LAYOUT.run(Compiling::warmUp)));
    }

    /** Cancels the gesture and reports the bug; the document is a value and stays as it was. */
    private static void unexpected(MainWindow window, Throwable problem) {
        window.current().gestures().cancel();
        window.current().complain(Sentences.of(problem));
    }
}
