package org.netsplice.gui.command;

import java.util.List;
import org.netsplice.editor.Samples;
import org.netsplice.gui.Workbench;

/** Commands that open, save and close documents. */
final class FileCommands extends CommandFamily {
    private final FileActions files;
    private final Frame frame;

    FileCommands(Workbench workbench, List<Command> all, FileActions files, Frame frame) {
        super(workbench, all);
        this.files = files;
        this.frame = frame;
    }

    void files() {
        String file = Commands.FILE;
        add(Command.of("new", file, 0, "New", frame::newDocument, "Shortcut+N"));
        add(Command.of("open", file, 0, "Open…", files::open, "Shortcut+O"));
        String samples = file + "/Open sample";
        add(Command.of(
                "sample-concatenate",
                samples,
                0,
                "Tutorial 1: two models to concatenate",
                () -> files.openSamples(Samples.bundled().tutorial())));
        add(Command.of(
                "sample-average",
                samples,
                0,
                "Tutorial 2: two models to average",
                () -> files.openSamples(Samples.bundled().ensemble())));
        add(Command.of(
                "sample-digits",
                samples,
                0,
                "Digits: two trained classifiers",
                () -> files.openSamples(Samples.bundled().digits())));
        add(Command.of("save", file, 1, "Save", files::save, "Shortcut+S"));
        add(Command.of("save-as", file, 1, "Save as…", files::saveAs, "Shortcut+Shift+S"));
        add(Command.of("what-was-opened", file, 1, "What was opened…", files::showReports)
                .when(() -> !files.reports().isEmpty()));
    }

    /** Commands for the tabs; {@code close} closes this document. */
    void documents(Runnable close) {
        String file = Commands.FILE;
        add(Command.of("close", file, 2, "Close document", close, "Shortcut+W", "Shortcut+F4"));
        add(Command.of("next-document", file, 2, "Next document", () -> frame.step(1), "Shortcut+Page Down")
                .when(() -> frame.documentCount() > 1));
        add(Command.of("previous-document", file, 2, "Previous document", () -> frame.step(-1), "Shortcut+Page Up")
                .when(() -> frame.documentCount() > 1));
        add(Command.of("quit", file, 2, "Quit", frame::quit, "Shortcut+Q"));
    }
}
