package org.netsplice.gui.result;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import org.netsplice.predict.Inputs;

/** Takes data files that are dropped; models are left to who opens them. */
public final class DataDrop {
    private final Consumer<List<Path>> take;

    /** {@code take} gets the files. */
    public DataDrop(Consumer<List<Path>> take) {
        this.take = take;
    }

    /** Whether a file holds data by its name: arrays, tables, pictures and folders. */
    public static boolean isData(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.matches(".*\\.(npy|npz|csv|tsv)") || Files.isDirectory(file) || Inputs.isPicture(file);
    }

    /** Takes what is dropped on a part of the window, when all of it is data. */
    void install(Node part) {
        part.addEventHandler(DragEvent.DRAG_OVER, event -> {
            if (!files(event).isEmpty() && files(event).stream().allMatch(DataDrop::isData)) {
                event.acceptTransferModes(TransferMode.COPY);
                event.consume();
            }
        });
        part.addEventHandler(DragEvent.DRAG_DROPPED, event -> {
            List<Path> files = files(event);
            if (!files.isEmpty() && files.stream().allMatch(DataDrop::isData)) {
                take.accept(files);
                event.setDropCompleted(true);
                event.consume();
            }
        });
    }

    private static List<Path> files(DragEvent event) {
        return event.getDragboard().hasFiles()
                ? event.getDragboard().getFiles().stream()
                        .map(java.io.File::toPath)
                        .toList()
                : List.of();
    }
}
