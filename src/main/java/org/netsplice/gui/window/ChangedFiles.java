package org.netsplice.gui.window;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.application.Platform;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.GroupId;
import org.netsplice.gui.command.FileActions;
import org.netsplice.gui.form.NetworkFiles;
import org.netsplice.problem.Printable;
import org.netsplice.work.FileWatch;
import org.netsplice.work.Lane;

/**
 * Says that files of a document have changed on disk, and reads them again when asked. What is read again is one step of the history:
 * undo brings back what was there before.
 */
final class ChangedFiles extends HBox {
    private final Session session;
    private final NetworkFiles networks;
    private final FileActions files;
    private final Optional<FileWatch> watch;
    private final Label text = new Label();
    private final Set<Path> changed = new LinkedHashSet<>();
    private final Consumer<Path> listener = this::noteChange;
    private Set<Path> watched = Set.of();

    ChangedFiles(Session session, NetworkFiles networks, FileActions files, Optional<FileWatch> watch) {
        super(10);
        this.session = session;
        this.networks = networks;
        this.files = files;
        this.watch = watch;
        text.setId("changed-files");
        text.setWrapText(true);
        text.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(text, Priority.ALWAYS);
        Button reload = button("reload-changed", "Reload", this::reload);
        Button keep = button("keep-changed", "Not now", this::forget);
        getChildren().addAll(text, reload, keep);
        setAlignment(Pos.CENTER_LEFT);
        getStyleClass().addAll("banner", "changed");
        setMaxSize(620, Region.USE_PREF_SIZE);
        forget();
    }

    private static Button button(String id, String title, Runnable action) {
        Button button = new Button(title);
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setOnAction(event -> action.run());
        return button;
    }

    /** Watches the files of the present document. */
    void refresh() {
        Set<Path> wanted = wanted();
        if (!wanted.equals(watched)) {
            watched = wanted;
            changed.retainAll(wanted);
            show();
            watch.ifPresent(all -> Lane.FILES.run(() -> all.listen(listener, wanted)));
        }
    }

    private Set<Path> wanted() {
        Set<Path> wanted = new LinkedHashSet<>();
        networks.sources().values().forEach(path -> wanted.add(path.toAbsolutePath()));
        session.file().ifPresent(path -> wanted.add(path.toAbsolutePath()));
        return wanted;
    }

    /** The program has just written a file; called from any thread. */
    void wrote(Path path) {
        watch.ifPresent(all -> all.wrote(path));
        Platform.runLater(() -> {
            changed.remove(path.toAbsolutePath());
            show();
        });
    }

    /** The document is closed; nothing is watched any more. */
    void close() {
        watch.ifPresent(all -> Lane.FILES.run(() -> all.listen(listener, Set.of())));
    }

    private void noteChange(Path path) {
        if (watched.contains(path)) {
            changed.add(path);
            show();
        }
    }

    private void show() {
        setVisible(!changed.isEmpty());
        List<String> names = changed.stream()
                .map(path -> "\"" + Printable.name(String.valueOf(path.getFileName())) + "\"")
                .toList();
        text.setText(String.join(", ", names) + (names.size() == 1 ? " has" : " have")
                + " changed on disk. Reload takes what is new; your edits stay, and Ctrl+Z goes back.");
    }

    private void forget() {
        changed.clear();
        show();
    }

    private void reload() {
        List<Path> paths = new ArrayList<>(changed);
        forget();
        Map<GroupId, Path> sources = networks.sources();
        for (Path path : paths) {
            if (session.file().map(Path::toAbsolutePath).filter(path::equals).isPresent()) {
                files.reopen(path);
            }
            Set<GroupId> stale = sources.entrySet().stream()
                    .filter(source -> source.getValue().toAbsolutePath().equals(path))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toSet());
            stale.forEach(group -> networks.reload(group, path));
        }
    }
}
