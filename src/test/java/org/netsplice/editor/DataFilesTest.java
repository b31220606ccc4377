package org.netsplice.editor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFilesTest {
    @TempDir
    Path folder;

    @Test
    void theFilesOfAModelAreFoundAgainWhileTheyExist() throws IOException {
        Path model = folder.resolve("a.keras");
        Path one = Files.createFile(folder.resolve("one.csv"));
        Path two = Files.createFile(folder.resolve("two.npy"));
        DataFiles files = new DataFiles(folder.resolve("deep/data.txt"));
        files.remember(model, List.of(one, two, one));
        files.remember(folder.resolve("b.keras"), List.of(two));
        DataFiles later = new DataFiles(folder.resolve("deep/data.txt"));
        assertThat(later.of(model)).containsExactly(one.toAbsolutePath(), two.toAbsolutePath());
        Files.delete(one);
        assertThat(later.of(model)).containsExactly(two.toAbsolutePath());
        later.remember(model, List.of());
        assertThat(later.of(model)).isEmpty();
        assertThat(later.of(folder.resolve("never.keras"))).isEmpty();
    }

    @Test
    void onlyTheLastHundredModelsAreKept() {
        DataFiles files = new DataFiles(folder.resolve("data.txt"));
        Path data = folder.resolve("data.txt");
        for (int i = 0; i <= 100; i++) {
            files.remember(folder.resolve(i + ".keras"), List.of(data));
        }
        assertThat(files.of(folder.resolve("0.keras"))).isEmpty();
        assertThat(files.of(folder.resolve("1.keras"))).isNotEmpty();
    }
}
