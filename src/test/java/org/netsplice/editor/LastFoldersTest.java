package org.netsplice.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastFoldersTest {
    @TempDir
    Path folder;

    @Test
    void everyKindOfFileHasItsOwnFolderAlsoAfterTheNextStart() throws IOException {
        Path models = Files.createDirectories(folder.resolve("models"));
        Path data = Files.createDirectories(folder.resolve("data"));
        LastFolders folders = new LastFolders(new Settings(folder.resolve("settings.txt")));
        assertThat(folders.of("Models")).isEmpty();
        folders.remember("Models", models.resolve("a.keras"));
        folders.remember("Data", data);
        LastFolders later = new LastFolders(new Settings(folder.resolve("settings.txt")));
        assertThat(later.of("Models")).contains(models);
        assertThat(later.of("Data")).contains(data);
        Files.delete(models);
        assertThat(later.of("Models")).as("a folder that is gone").isEmpty();
    }
}
