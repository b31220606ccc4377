package org.netsplice.dl4j;

import java.nio.charset.StandardCharsets;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.nd4j.linalg.factory.Nd4j;

/** The native engine: how it is started. */
public final class Engine {
    private static final String POLICY = "OMP_WAIT_POLICY";

    private Engine() {}

    /** Loads the native libraries, which takes a second or two; later calls return at once. */
    public static synchronized void start() {
        waitPassively();
        Nd4j.scalar(0f);
    }

    /** Names of the backend and of the processors it uses, for people. */
    public static String description() {
        start();
        return Nd4j.getBackend().getClass().getSimpleName() + ", "
                + Runtime.getRuntime().availableProcessors() + " processors";
    }

    /**
     * Lets the threads of OpenMP sleep instead of spin, which makes predictions ten times faster on a busy machine. The C
     * library's environment is extended by hand, because the JVM cannot change it; where its table is not visible nothing happens.
     */
    private static void waitPassively() {
        if (System.getenv(POLICY) != null || System.getProperty(POLICY) != null) {
            return;
        }
        System.setProperty(POLICY, "PASSIVE");
        Loader.load(Loader.class);
        Pointer symbol = Loader.addressof("environ");
        if (symbol == null) {
            return;
        }
        PointerPointer<Pointer> environ = new PointerPointer<>(symbol);
        PointerPointer<Pointer> old = new PointerPointer<>(environ.get(0));
        long count = 0;
        while (old.get(count) != null) {
            count++;
        }
        byte[] text = (POLICY + "=PASSIVE\0").getBytes(StandardCharsets.US_ASCII);
        Pointer entry = Pointer.malloc(text.length);
        new BytePointer(entry).put(text, 0, text.length);
        PointerPointer<Pointer> copy = new PointerPointer<>(Pointer.malloc((count + 2) * Loader.sizeof(Pointer.class)));
        for (long i = 0; i < count; i++) {
            copy.put(i, old.get(i));
        }
        copy.put(count, entry);
        copy.put(count + 1, (Pointer) null);
        environ.put(0, copy);
    }
}
