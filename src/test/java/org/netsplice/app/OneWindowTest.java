package org.netsplice.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How later starts of the program find the window that is open. */
class OneWindowTest {
    /** A short path, because the name of a socket may be no longer than about a hundred letters. */
    private Path folder;

    private final BlockingQueue<List<Path>> arrived = new LinkedBlockingQueue<>();

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("one");
    }

    @AfterEach
    void removeFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private OneWindow.Meeting meet(String place, Path... files) {
        return OneWindow.meet(folder.resolve("window"), place, List.of(files));
    }

    @Test
    void aLaterStartGivesItsFilesToTheFirst() throws Exception {
        Path model = Files.createFile(folder.resolve("größer, with a\nline.keras"));
        try (OneWindow first = meet(":0").first().orElseThrow()) {
            first.listen(arrived::add);
            assertThat(meet(":0", model, folder.resolve("missing.keras")))
                    .isEqualTo(new OneWindow.Meeting(true, java.util.Optional.empty()));
            assertThat(arrived.poll(10, TimeUnit.SECONDS)).containsExactly(model.toAbsolutePath());
            assertThat(meet(":0").taken()).isTrue();
            assertThat(arrived.poll(10, TimeUnit.SECONDS)).isEmpty();
            try (OneWindow other = meet(":1", model).first().orElseThrow()) {
                assertThat(other).as("another screen has a window of its own").isNotSameAs(first);
            }
        }
        try (OneWindow next = meet(":0", model).first().orElseThrow()) {
            assertThat(next).as("after the first has ended").isNotNull();
        }
    }

    @Test
    void whatIsNoMessageOpensNothingAndBlocksNobody() throws Exception {
        try (OneWindow first = meet(":0").first().orElseThrow()) {
            first.listen(arrived::add);
            for (String message : List.of("", "hello", "netsplice 2\0/etc/hostname\0", "x".repeat(2 << 20))) {
                try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                    channel.connect(UnixDomainSocketAddress.of(socket()));
                    ByteBuffer bytes = ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8));
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                } catch (IOException refused) {
                    assertThat(message).as("only what is too long is cut off").hasSizeGreaterThan(1 << 20);
                }
            }
            Path model = Files.createFile(folder.resolve("model.keras"));
            assertThat(meet(":0", model).taken()).isTrue();
            assertThat(arrived.poll(10, TimeUnit.SECONDS)).containsExactly(model.toAbsolutePath());
            assertThat(arrived).isEmpty();
        }
    }

    private Path socket() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("window"))) {
            return files.filter(file -> file.toString().endsWith(".socket"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void nobodyElseMayEnter() throws Exception {
        Path window = Files.createDirectory(folder.resolve("window"));
        if (Files.getFileAttributeView(window, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(window, PosixFilePermissions.fromString("rwxrwxrwx"));
            try (OneWindow first = meet(":0").first().orElseThrow()) {
                assertThat(first).isNotNull();
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(window)))
                        .isEqualTo("rwx------");
            }
        }
    }

    @Test
    void aFolderThatIsALinkIsNotUsed() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(folder.resolve("window"), elsewhere);
        assertThat(meet(":0")).isEqualTo(OneWindow.Meeting.ALONE);
    }
}
