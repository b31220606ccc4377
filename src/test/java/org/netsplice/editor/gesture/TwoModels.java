package org.netsplice.editor.gesture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.netsplice.diagram.Rect;
import org.netsplice.diagram.Scene;
import org.netsplice.diagram.Scene.Point;
import org.netsplice.editor.session.Session;
import org.netsplice.format.Opened;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.layers.Layers;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;

/** The two models of the first tutorial in a session without a screen. */
abstract class TwoModels {
    final BlockingQueue<Runnable> home = new LinkedBlockingQueue<>();
    final Session session = new Session(home::add);
    final Gestures gestures = new Gestures(session);

    @BeforeEach
    void openTwo() {
        for (String name : List.of("seed_merge/model_a/model.keras", "seed_merge/model_b/model.keras")) {
            Opened.Network network =
                    (Opened.Network) Fixtures.FORMATS.open(Fixtures.path(name), Optional.empty(), Progress.NONE);
            session.open(network.edit(""));
        }
        settle();
    }

    final void settle() {
        try {
            while (!session.settled()) {
                Runnable task = home.poll(10, TimeUnit.SECONDS);
                assertThat(task).as("the layout answers").isNotNull();
                task.run();
            }
        } catch (InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
    }

    final NodeId id(String name) {
        return session.document().graph().named(name).map(Node::id).orElseThrow();
    }

    final Rect box(String name) {
        return session.scene().box(id(name)).orElseThrow().area();
    }

    final Point output(String name) {
        return Scene.outputAnchor(box(name), 0, 1, session.detail().direction());
    }

    final void drop(String kind, Point... stops) {
        gestures.enter(Layers.kind(kind).orElseThrow().standard());
        for (Point stop : stops) {
            gestures.drag(stop.x(), stop.y(), true);
        }
        Point last = stops[stops.length - 1];
        gestures.drop(last.x(), last.y());
        settle();
    }
}
