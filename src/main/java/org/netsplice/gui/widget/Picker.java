package org.netsplice.gui.widget;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.netsplice.editor.LastFolders;

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

    /** The platform's own dialogs; each opens in the folder where a file of its kind was chosen last. */
    final class OfPlatform implements Picker {
        private static final String FOLDER = "folder";

        private final Window owner;
        private final LastFolders folders;

        /** Shows dialogs that belong to a window. */
        public OfPlatform(Window owner, LastFolders folders) {
            this.owner = owner;
            this.folders = folders;
        }

        private FileChooser chooser(String title, Kind... kinds) {
            FileChooser chooser = new FileChooser();
            chooser.setTitle(title);
            for (Kind kind : kinds) {
                chooser.getExtensionFilters().add(new FileChooser.ExtensionFilter(kind.name(), kind.patterns()));
            }
            folders.of(kinds[0].name()).map(Path::toFile).ifPresent(chooser::setInitialDirectory);
            return chooser;
        }

        private Optional<Path> chosen(File file, String kind) {
            Optional<Path> path = Optional.ofNullable(file).map(File::toPath);
            path.ifPresent(one -> folders.remember(kind, one));
            return path;
        }

        @Override
        public List<Path> openMany(String title, Kind... kinds) {
            List<File> files = chooser(title, kinds).showOpenMultipleDialog(owner);
            return files == null
                    ? List.of()
                    : files.stream()
                            .flatMap(file -> chosen(file, kinds[0].name()).stream())
                            .toList();
        }

        @Override
        public Optional<Path> open(String title, Kind... kinds) {
            return chosen(chooser(title, kinds).showOpenDialog(owner), kinds[0].name());
        }

        @Override
        public Optional<Path> folder(String title) {
            DirectoryChooser chooser = new DirectoryChooser();
            chooser.setTitle(title);
            folders.of(FOLDER).map(Path::toFile).ifPresent(chooser::setInitialDirectory);
            return chosen(chooser.showDialog(owner), FOLDER);
        }

        @Override
        public Optional<Path> save(String title, String suggestion, Kind... kinds) {
            FileChooser chooser = chooser(title, kinds);
            chooser.setInitialFileName(suggestion);
            return chosen(chooser.showSaveDialog(owner), kinds[0].name());
        }
    }
}
