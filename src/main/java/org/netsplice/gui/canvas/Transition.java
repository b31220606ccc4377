package org.netsplice.gui.canvas;

import javafx.animation.AnimationTimer;
import org.netsplice.diagram.Interpolation;
import org.netsplice.diagram.Scene;

/** Animates from one picture to the next. */
final class Transition {
    private static final double NANOSECONDS = 220e6;
    /** Pictures with more boxes change without animation. */
    private static final int MAX_BOXES = 1500;

    private final Runnable painting;
    private boolean on;
    private Scene from = Scene.EMPTY;
    private Scene to = Scene.EMPTY;
    private Scene shown = Scene.EMPTY;
    private long start;

    private final AnimationTimer timer = new AnimationTimer() {
        @Override
        public void handle(long now) {
            if (start == 0) {
                start = now;
            }
            double part = Math.min(1, (now - start) / NANOSECONDS);
            shown = part >= 1 ? to : Interpolation.between(from, to, part * part * (3 - 2 * part));
            if (part >= 1) {
                stop();
            }
            painting.run();
        }
    };

    /** {@code painting} is called for every step. */
    Transition(Runnable painting) {
        this.painting = painting;
    }

    void setOn(boolean wanted) {
        on = wanted;
    }

    /** The picture to paint now. */
    Scene scene() {
        return shown;
    }

    /** Changes to a picture, with an animation if {@code gliding}. */
    void to(Scene scene, boolean gliding) {
        if (scene == to) {
            return;
        }
        from = shown;
        to = scene;
        boolean glides =
                on && gliding && !from.boxes().isEmpty() && scene.boxes().size() <= MAX_BOXES;
        timer.stop();
        if (glides) {
            start = 0;
            timer.start();
        } else {
            shown = scene;
        }
    }
}
