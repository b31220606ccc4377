package org.netsplice.gui.widget;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** Asks the user for files. */
public interface Picker {

    /** A kind of file: what it is called, and patterns such as {@code *.npy}. */
    record Kind(String name, List<String> patterns) {
        /** Every file. */
        public static final Kind ALL = of("All files", "*.*");

        /** A kind with the patterns of its files' names. */
        public static Kind of(String name, String... patterns) {
            return new Kind(name, List.of(patterns));
        }
    }

    List<Path> openMany(String title, Kind... kinds);

    Optional<Path> open(String title, Kind... kinds);

    Optional<Path> folder(String title);

    Optional<Path> save(String title, String suggestion, Kind... kinds);

    /** The platform's own dialogs. */
    final class OfPlatform implements Picker {
        private final Window owner;

        /** Shows dialogs that belong to a window. */
        public OfPlatform(Window owner) {
            this.owner = owner;
        }

        private static FileChooser chooser(String title, Kind... kinds) {
            FileChooser chooser = new FileChooser();
            chooser.setTitle(title);
            for (Kind kind : kinds) {
                chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(kind.name(), kind.patterns()));
            }
            return chooser;
        }

        @Override
        public List<Path> openMany(String title, Kind... kinds) {
            List<File> files = chooser(title, kinds).showOpenMultipleDialog(owner);
            return files == null ? List.of() : files.stream().map(File::toPath).toList();
        }

        @Override
        public Optional<Path> open(String title, Kind... kinds) {
            return Optional.ofNullable(chooser(title, kinds).showOpenDialog(owner))
                    .map(File::toPath);
        }

        @Override
        public Optional<Path> folder(String title) {
            DirectoryChooser chooser = new DirectoryChooser();
            chooser.setTitle(title);
            return Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
        }

        @Override
        public Optional<Path> save(String title, String suggestion, Kind... kinds) {
            FileChooser chooser = chooser(title, kinds);
            chooser.setInitialFileName(suggestion);
            return Optional.ofNullable(chooser.showSaveDialog(owner)).map(File::toPath);
        }
    }
}
