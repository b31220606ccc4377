package org.netsplice.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentFilesTest {
    @TempDir
    Path folder;

    private Path file(String name) throws IOException {
        return Files.writeString(folder.resolve(name), "x");
    }

    @Test
    void theNewestComesFirstAndOnceAndIsRemembered() throws IOException {
        Path store = folder.resolve("settings").resolve("recent.txt");
        RecentFiles recent = new RecentFiles(store);
        assertThat(recent.list()).isEmpty();
        Path one = file("one.keras");
        Path two = file("two.keras");
        recent.add(one);
        recent.add(two);
        recent.add(one);
        assertThat(new RecentFiles(store).list()).containsExactly(one, two);
    }

    @Test
    void filesThatAreGoneAreNotListedAndOnlyTenAreKept() throws IOException {
        RecentFiles recent = new RecentFiles(folder.resolve("recent.txt"));
        for (int i = 0; i < 12; i++) {
            recent.add(file("f" + i));
        }
        Files.delete(folder.resolve("f11"));
        assertThat(recent.list()).hasSize(9).doesNotContain(folder.resolve("f11"), folder.resolve("f1"));
    }

    @Test
    void whereNothingCanBeWrittenNothingIsRemembered() throws IOException {
        RecentFiles recent = new RecentFiles(file("a-file").resolve("recent.txt"));
        recent.add(file("one.keras"));
        assertThat(recent.list()).isEmpty();
    }
}
