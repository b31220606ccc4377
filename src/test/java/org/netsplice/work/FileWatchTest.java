package org.netsplice.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which changes of files are told. */
class FileWatchTest {
    @TempDir
    Path folder;

    private final BlockingQueue<Path> told = new LinkedBlockingQueue<>();

    private Path next() throws InterruptedException {
        return told.poll(30, TimeUnit.SECONDS);
    }

    @Test
    void aChangeIsToldOnceAndOneOfTheProgramItselfIsNot() throws Exception {
        Path own = Files.writeString(folder.resolve("own.keras"), "one");
        Path other = Files.writeString(folder.resolve("other.keras"), "one");
        try (FileWatch watch = FileWatch.start(Runnable::run)) {
            Consumer<Path> listener = told::add;
            watch.listen(listener, Set.of(own, other));
            Files.writeString(own, "written by the program");
            watch.wrote(own);
            Files.writeString(other, "written by another");
            assertThat(next()).isEqualTo(other.toAbsolutePath());
            Files.writeString(other, "and written once more");
            assertThat(next()).isEqualTo(other.toAbsolutePath());
            assertThat(told).isEmpty();
        }
    }

    @Test
    void aFileThatIsReplacedIsToldAndOneThatIsGoneIsNot() throws Exception {
        Path file = Files.writeString(folder.resolve("model.keras"), "one");
        Path last = Files.writeString(folder.resolve("last.keras"), "one");
        try (FileWatch watch = FileWatch.start(Runnable::run)) {
            watch.listen(told::add, Set.of(file, last));
            Path part = Files.writeString(folder.resolve("model.part"), "two");
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            assertThat(next()).isEqualTo(file.toAbsolutePath());
            Files.delete(file);
            Files.writeString(last, "later than the deletion");
            assertThat(next()).isEqualTo(last.toAbsolutePath());
        }
    }

    @Test
    void aListenerHearsOnlyOfTheFilesItWants() throws Exception {
        Path one = Files.writeString(folder.resolve("one.keras"), "one");
        Path two = Files.writeString(folder.resolve("two.keras"), "two");
        try (FileWatch watch = FileWatch.start(Runnable::run)) {
            Consumer<Path> listener = told::add;
            watch.listen(listener, Set.of(one));
            watch.listen(listener, Set.of(two));
            Files.writeString(one, "not wanted any more");
            Files.writeString(two, "still wanted");
            assertThat(next()).isEqualTo(two.toAbsolutePath());
            assertThat(told).isEmpty();
        }
    }
}
