package org.netsplice.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LaneTest {

    /** Writes down what it is told. */
    private static final class Told implements Lane.Outcome<String> {
        private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

        @Override
        public void progress(double fraction, String what) {
            events.add("progress " + what);
        }

        @Override
        public void done(String result) {
            events.add("done " + result);
        }

        @Override
        public void failed(Throwable problem) {
            events.add("failed " + problem.getMessage());
        }

        @Override
        public void stopped() {
            events.add("stopped");
        }

        String next() throws InterruptedException {
            String event = events.poll(10, TimeUnit.SECONDS);
            return event == null ? "nothing" : event;
        }
    }

    @Test
    void progressAndResultAreTold() throws InterruptedException {
        Told told = new Told();
        Lane.FILES.start(
                progress -> {
                    progress.at(0.5, "half");
                    return "result";
                },
                Runnable::run,
                told);
        assertThat(told.next()).isEqualTo("progress half");
        assertThat(told.next()).isEqualTo("done result");
    }

    @Test
    void aFailureIsTold() throws InterruptedException {
        Told told = new Told();
        Lane.FILES.start(
                progress -> {
                    throw new IllegalStateException("broken");
                },
                Runnable::run,
                told);
        assertThat(told.next()).isEqualTo("failed broken");
    }

    @Test
    void cancelAnswersAtOnceThoughTheWorkCannotStopAndItsResultIsDropped() throws InterruptedException {
        Told told = new Told();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Runnable stop = Lane.FILES.start(
                progress -> {
                    begun.countDown();
                    waitFor(release);
                    return "too late";
                },
                Runnable::run,
                told);
        waitFor(begun);
        stop.run();
        assertThat(told.next()).isEqualTo("stopped");
        release.countDown();
        Told after = new Told();
        Lane.FILES.start(progress -> "next", Runnable::run, after);
        assertThat(after.next()).isEqualTo("done next");
        assertThat(told.events).isEmpty();
    }

    @Test
    void aWorkThatReportsProgressEndsWhenItIsStopped() throws InterruptedException {
        Told told = new Told();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runnable stop = Lane.ENGINE.start(
                progress -> {
                    try {
                        for (int i = 0; ; i++) {
                            progress.at(-1, "round " + i);
                            begun.countDown();
                        }
                    } finally {
                        ended.countDown();
                    }
                },
                Runnable::run,
                told);
        waitFor(begun);
        stop.run();
        assertThat(ended.await(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aWorkStoppedBeforeItBeginsNeverRuns() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        Lane.FILES.start(
                progress -> {
                    waitFor(release);
                    return "first";
                },
                Runnable::run,
                new Told());
        boolean[] ran = new boolean[1];
        Told told = new Told();
        Lane.FILES
                .start(
                        progress -> {
                            ran[0] = true;
                            return "second";
                        },
                        Runnable::run,
                        told)
                .run();
        release.countDown();
        Told last = new Told();
        Lane.FILES.start(progress -> "last", Runnable::run, last);
        assertThat(last.next()).isEqualTo("done last");
        assertThat(told.next()).isEqualTo("stopped");
        assertThat(ran[0]).isFalse();
    }

    @Test
    void aPauseEndsWhenTheWorkIsStopped() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Runnable stop = Lane.ENGINE.start(
                progress -> {
                    try {
                        progress.at(0, "begun");
                        begun.countDown();
                        Pause.of(3_600_000, "waiting", progress);
                        return "rested";
                    } finally {
                        ended.countDown();
                    }
                },
                Runnable::run,
                new Told());
        waitFor(begun);
        stop.run();
        waitFor(ended);
    }

    @Test
    void aPauseLasts() {
        long start = System.nanoTime();
        Pause.of(35, "waiting", Progress.NONE);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(35_000_000);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
