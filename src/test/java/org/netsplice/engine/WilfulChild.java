package org.netsplice.engine;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.List;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** An engine that does with rows what their first number says: it gives them back, never ends, uses up its memory, crashes, or refuses. */
final class WilfulChild {
    static final float ECHO = 0;
    static final float HANG = 1;
    static final float EXHAUST = 2;
    static final float CRASH = 3;
    static final float REFUSE = 4;
    static final float WAIT = 5;

    private WilfulChild() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("parent")) {
            parent();
        } else {
            Child.serve(
                    (engine, document, progress) -> CompiledNetwork.of(document, WilfulChild::compute),
                    Path.of(arguments[0]));
        }
    }

    /** Starts an engine, says its number and where its files are, and waits to be killed. */
    private static void parent() throws IOException {
        EngineProcess child = EngineProcess.start(launch());
        child.ready(Progress.NONE);
        System.out.println(child.pid());
        System.out.println(child.folder());
        child.ask(new Message.Stop(), Progress.NONE);
    }

    static EngineProcess.Launch launch() {
        EngineProcess.Launch own = EngineProcess.Launch.ofProgram();
        return new EngineProcess.Launch(own.java(), WilfulChild.class.getName(), 64 << 20);
    }

    private static List<Tensor> compute(List<Tensor> inputs, Progress progress) {
        int what = (int) inputs.get(0).at(0);
        switch (what) {
            case (int) HANG -> hang();
            case (int) EXHAUST -> exhaust();
            case (int) CRASH -> crash();
            case (int) REFUSE ->
                throw new ModelException.CannotPredict(
                        Problem.error(new Where.AtNode(7, "layer"), "does not like it", "Ask again."));
            case (int) WAIT -> {
                while (true) {
                    progress.at(0.5, "Waiting");
                    Thread.onSpinWait();
                }
            }
            default -> progress.at(1, "Done");
        }
        return inputs;
    }

    private static synchronized void hang() {
        while (true) {
            try {
                WilfulChild.class.wait();
            } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes memory that cannot be there. */
    private static long exhaust() {
        long[][] all = new long[1 << 10][];
        for (int i = 0; i < all.length; i++) {
            all[i] = new long[1 << 20];
        }
        return all[0].length;
    }

    private static void crash() {
        try {
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            Field field = unsafe.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            unsafe.getMethod("putInt", long.class, int.class).invoke(field.get(null), 8L, 1);
        } catch (ReflectiveOperationException other) {
            throw new IllegalStateException(other);
        }
    }
}
