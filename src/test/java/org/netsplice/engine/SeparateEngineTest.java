package org.netsplice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.edit.Document;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.ort.Engines;
import org.netsplice.problem.ModelException;
import org.netsplice.testing.Fixtures;
import org.netsplice.work.Progress;
import org.netsplice.work.Stopped;

/** Another process that computes: what it gives, and what becomes of the program when it fails. */
@Timeout(120)
class SeparateEngineTest {
    private static final Document DIGITS = Fixtures.open("digits/cnn_a/model.keras");
    private final SeparateEngine engine = new SeparateEngine(WilfulChild.launch());

    @AfterEach
    void nothingIsLeftBehind() {
        EngineProcess last = engine.process().orElse(null);
        engine.close();
        if (last != null) {
            ProcessHandle.of(last.pid()).ifPresent(SeparateEngineTest::awaitEnd);
            assertThat(last.alive()).isFalse();
            assertThat(last.folder()).doesNotExist();
        }
    }

    private static void awaitEnd(ProcessHandle process) {
        assertThat(process.onExit()
                        .completeOnTimeout(null, 10, TimeUnit.SECONDS)
                        .join())
                .as("the process has ended")
                .isNotNull();
    }

    private static Map<String, Tensor> rows(float what) {
        float[] values = new float[64];
        values[0] = what;
        return Map.of(
                DIGITS.graph().node(DIGITS.graph().inputs().get(0)).name(), Tensor.of(Shape.of(1, 8, 8, 1), values));
    }

    private CompiledNetwork compiled() {
        return engine.compile(Engines.DL4J, DIGITS, Progress.NONE);
    }

    /** Predicts something that fails, and returns the message. */
    private static String failing(CompiledNetwork network, float what, Progress progress) {
        ModelException problem = catchThrowableOfType(
                ModelException.CannotPredict.class, () -> network.predict(rows(what), 1, progress));
        return problem.problem().line() + ". " + problem.problem().remedy();
    }

    private static void echoes(CompiledNetwork network) {
        assertThat(network.predict(rows(WilfulChild.ECHO), 1, Progress.NONE).values())
                .containsExactlyElementsOf(rows(WilfulChild.ECHO).values());
    }

    @Test
    void givesWhatComputingInPlaceGives() {
        SeparateEngine real = new SeparateEngine(EngineProcess.Launch.ofProgram());
        try {
            real.begin();
            Map<String, Tensor> data =
                    Map.of(rows(0).keySet().iterator().next(), Fixtures.npy(Fixtures.path("digits/cnn_a/input.npy")));
            CompiledNetwork there = real.compile(Engines.DL4J, DIGITS, Progress.NONE);
            Map<String, Tensor> found = there.predict(data, 32, Progress.NONE);
            assertThat(real.inPlace()).isFalse();
            assertThat(found)
                    .isEqualTo(Engines.DL4J.compile(DIGITS, Progress.NONE).predict(data, 32, Progress.NONE));
        } finally {
            real.close();
        }
    }

    @Test
    void aKilledEngineCostsOneMessageAndIsStartedAgain() {
        CompiledNetwork network = compiled();
        echoes(network);
        long first = engine.process().orElseThrow().pid();
        Progress killing = (fraction, what) ->
                engine.process().filter(process -> process.pid() == first).ifPresent(EngineProcess::end);
        assertThat(failing(network, WilfulChild.HANG, killing))
                .isEqualTo(
                        "the engine stopped while it computed (the system ended it, as it does when memory is short). "
                                + "Nothing of yours is lost, and the engine was started again. "
                                + "Where it happens again, predict fewer rows or use a smaller network.");
        assertThat(engine.process().orElseThrow().pid()).isNotEqualTo(first);
        echoes(network);
        EngineProcess idle = engine.process().orElseThrow();
        idle.end();
        idle.reason();
        echoes(network);
    }

    @Test
    void usedUpMemoryAndACrashCostOneMessageEach() {
        CompiledNetwork network = compiled();
        assertThat(failing(network, WilfulChild.EXHAUST, Progress.NONE)).contains("(its memory was used up)");
        assertThat(failing(network, WilfulChild.CRASH, Progress.NONE)).contains("(a fault in native code)");
        echoes(network);
        assertThat(failing(network, WilfulChild.REFUSE, Progress.NONE))
                .isEqualTo("layer: does not like it. Ask again.");
    }

    @Test
    void cancelEndsWhateverItDoesWithinASecond() {
        CompiledNetwork network = compiled();
        long first = engine.process().orElseThrow().pid();
        assertThat(stopping(network, WilfulChild.WAIT)).isLessThan(1_000);
        assertThat(engine.process().orElseThrow().pid()).as("it listened").isEqualTo(first);
        assertThat(stopping(network, WilfulChild.HANG)).isLessThan(1_000);
        assertThat(engine.process().orElseThrow().pid()).as("it hung").isNotEqualTo(first);
        echoes(network);
    }

    /** Milliseconds from the wish to stop to the end. */
    private static long stopping(CompiledNetwork network, float what) {
        AtomicBoolean computing = new AtomicBoolean();
        long[] start = new long[1];
        assertThatThrownBy(() -> network.predict(rows(what), 1, (fraction, text) -> {
                    if (computing.getAndSet(true)) {
                        start[0] = System.nanoTime();
                        throw new Stopped();
                    }
                }))
                .isInstanceOf(Stopped.class);
        return (System.nanoTime() - start[0]) / 1_000_000;
    }

    @Test
    void whereNoneCanBeStartedTheProgramComputes() {
        EngineProcess.Launch absent = new EngineProcess.Launch(Path.of("/no/such/java"), "none", 1L << 26);
        EngineProcess.Launch broken =
                new EngineProcess.Launch(EngineProcess.Launch.ofProgram().java(), "no.such.Class", 1L << 26);
        for (EngineProcess.Launch launch : new EngineProcess.Launch[] {absent, broken}) {
            try (SeparateEngine here = new SeparateEngine(launch)) {
                CompiledNetwork network = here.compile(Engines.DL4J, DIGITS, Progress.NONE);
                assertThat(here.inPlace()).isTrue();
                assertThat(network.predict(rows(1), 1, Progress.NONE)).hasSize(1);
            }
        }
    }

    @Test
    void itEndsWithAProgramThatIsKilled() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                EngineProcess.Launch.ofProgram().java().toString(),
                "-XX:+UseSerialGC",
                WilfulChild.class.getName(),
                "parent");
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process parent = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (BufferedReader told = parent.inputReader(StandardCharsets.UTF_8)) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(told.readLine())).orElseThrow();
            Path folder = Path.of(told.readLine());
            assertThat(folder).exists();
            parent.destroyForcibly();
            awaitEnd(child);
            assertThat(Files.exists(folder)).isFalse();
        }
    }
}
