package org.netsplice.editor.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.netsplice.app.Main;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.RenameDocument;
import org.netsplice.format.Formats;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Lane;
import org.netsplice.work.Progress;

/** Unsaved changes are found again whenever the program ends. */
class RecoveryTest {
    /** How often the program is killed; 100 or more with {@code -Dkills=100}. */
    private static final int KILLS = Integer.getInteger("kills", 6);

    private static final Path MODEL = Fixtures.path("seed_merge/model_a/model.keras");
    private static final Formats FORMATS = Main.formats();

    @TempDir
    private Path folder;

    private Recovery begin() {
        return Recovery.begin(folder, (document, path) -> FORMATS.write(document, path, Progress.NONE))
                .orElseThrow();
    }

    private static void written() throws InterruptedException {
        java.util.concurrent.CountDownLatch done = new java.util.concurrent.CountDownLatch(1);
        Lane.RECOVERY.run(done::countDown);
        done.await();
    }

    private List<Path> copies() throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".splice")).toList();
        }
    }

    @Test
    void locksOfProgramsThatEndedLongAgoWithoutCopiesAreRemoved() throws IOException {
        Path old = Files.createFile(folder.resolve("old.lock"));
        Path fresh = Files.createFile(folder.resolve("fresh.lock"));
        Path ofCopy = Files.createFile(folder.resolve("kept.lock"));
        Files.createFile(folder.resolve("kept.splice"));
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(2)));
        Files.setLastModifiedTime(old, longAgo);
        Files.setLastModifiedTime(ofCopy, longAgo);
        try (Recovery recovery = begin()) {
            assertThat(old).doesNotExist();
            assertThat(fresh).exists();
            assertThat(ofCopy).exists();
            assertThat(recovery.left()).singleElement().satisfies(left -> {
                assertThat(left.name()).isEmpty();
                assertThat(left.origin()).isEmpty();
            });
        }
    }

    @Test
    void aCopyIsThereWhileThereAreUnsavedChanges() throws Exception {
        Session session = new Session(arranged -> {});
        try (Recovery recovery = begin()) {
            session.onChange(() -> recovery.keep(session));
            session.replace(RecoveryProgram.start(MODEL), Optional.empty());
            written();
            assertThat(copies()).isEmpty();
            session.apply(new RenameDocument("changed"));
            written();
            assertThat(copies()).hasSize(1);
            Document kept = FORMATS.open(copies().get(0), Optional.empty(), Progress.NONE)
                    .asDocument();
            assertThat(kept).isEqualTo(session.document());
            assertThat(recovery.left()).isEmpty();
            try (Recovery second = begin()) {
                assertThat(second.left()).isEmpty();
            }
            session.undo();
            written();
            assertThat(copies()).isEmpty();
            session.redo();
            written();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aDocumentIsFoundAgainAfterTheProgramWasKilledAtAnyMoment() throws Exception {
        Random random = new Random(20261123);
        for (int kill = 0; kill < KILLS; kill++) {
            Path own = Files.createDirectory(folder.resolve("kill" + kill));
            int last = runAndKill(own, random.nextInt(120));
            check(own, last);
        }
    }

    private static int runAndKill(Path own, int delay) throws IOException, InterruptedException {
        Path out = own.resolve("states.txt");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xshare:auto",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecoveryProgram.class.getName(),
                        own.toString(),
                        MODEL.toAbsolutePath().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(out.toFile())
                .start();
        /* A busy machine may reach many states before the thread that writes copies has its turn for the first time. */
        while (process.isAlive() && (Files.readAllLines(out).size() < 20 || !hasCopy(own))) {
            Thread.sleep(5);
        }
        Thread.sleep(delay);
        process.destroyForcibly().waitFor();
        List<String> lines = Files.readAllLines(out);
        return Integer.parseInt(lines.get(lines.size() - 1));
    }

    private static boolean hasCopy(Path own) throws IOException {
        Path recovery = own.resolve("recovery");
        if (!Files.exists(recovery)) {
            return false;
        }
        try (Stream<Path> files = Files.list(recovery)) {
            return files.anyMatch(file -> file.toString().endsWith(".splice"));
        }
    }

    /** The copy is a state that was reached, one of the last; the saved file is one that was saved. */
    private static void check(Path own, int last) {
        try (Recovery recovery =
                Recovery.begin(own.resolve("recovery"), (document, path) -> {}).orElseThrow()) {
            List<Recovery.Left> left = recovery.left();
            assertThat(left).hasSize(1);
            assertThat(left.get(0).name()).startsWith("state ");
            assertThat(left.get(0).origin())
                    .contains(own.resolve(RecoveryProgram.SAVED).toAbsolutePath());
            isStateOf(left.get(0).copy(), last + 1);
            left.get(0).discard();
            assertThat(recovery.left()).isEmpty();
        }
        isStateOf(own.resolve(RecoveryProgram.SAVED), last + 1);
    }

    private static void isStateOf(Path file, int most) {
        Document found = FORMATS.open(file, Optional.empty(), Progress.NONE).asDocument();
        int number = Integer.parseInt(found.name().replace("state ", ""));
        assertThat(number).isLessThanOrEqualTo(most);
        Document expected = RecoveryProgram.start(MODEL);
        for (int i = 1; i <= number; i++) {
            expected = RecoveryProgram.edit(expected, i).apply(expected);
        }
        assertThat(found).isEqualTo(expected);
    }
}
