package org.netsplice.editor.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.Dissolve;
import org.netsplice.testing.DeepModels;

class SessionTest {
    private final BlockingQueue<Runnable> home = new LinkedBlockingQueue<>();
    private final Session session = new Session(home::add);
    private final Document document = DeepModels.residual(60);
    private final Document other = new Dissolve(
                    Set.of(document.graph().named("block30_relu").orElseThrow().id()))
            .apply(document);

    /** How many new pictures are seen until that of the document is laid out. */
    private long pictures() throws InterruptedException {
        Scene before = session.scene();
        Stream.Builder<Scene> seen = Stream.builder();
        while (!session.settled()) {
            Runnable task = home.poll(10, TimeUnit.SECONDS);
            assertThat(task).as("the layout answers").isNotNull();
            task.run();
            seen.add(session.scene());
        }
        return seen.build().filter(scene -> !scene.equals(before)).distinct().count();
    }

    @Test
    void aChangeIsSeenAsADraftFirst() throws InterruptedException {
        session.replace(document, Optional.empty());
        assertThat(pictures()).isEqualTo(1);
        session.apply(new Dissolve(
                Set.of(document.graph().named("block30_relu").orElseThrow().id())));
        assertThat(pictures()).isEqualTo(2);
    }

    @Test
    void aDocumentInPlaceOfAnotherIsNotDrawnAsAChangeOfIt() throws InterruptedException {
        session.replace(document, Optional.empty());
        pictures();
        session.replace(other, Optional.empty());
        assertThat(pictures()).isEqualTo(1);
        assertThat(session.scene().boxes()).hasSize(other.graph().nodes().size());
        session.recover(document, Optional.empty());
        assertThat(pictures()).isEqualTo(1);
    }
}
