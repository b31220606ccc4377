package org.netsplice.work;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What must be done before the shutdown hooks of libraries run, which run all at once: native code that is still computing when its library
 * closes kills the process with a crash.
 */
public final class Ending {
    private static final List<Runnable> BEFORE = new CopyOnWriteArrayList<>();
    private static boolean listening;

    private Ending() {}

    /** Runs something when the program is asked to end by a signal (Ctrl+C, a closed terminal, a request to terminate), or ends by {@link #prepare}. */
    public static synchronized void before(Runnable task) {
        BEFORE.add(task);
        if (!listening) {
            listening = true;
            List.of("INT", "TERM", "HUP").forEach(Ending::listen);
        }
    }

    /** Does what is to be done before the program ends. Call it before the program ends by itself. */
    public static void prepare() {
        BEFORE.forEach(Runnable::run);
    }

    /**
     * Prepares before what was done on a signal until now. The class of signals is not part of the Java platform and is reached by name;
     * where it is missing, or the signal does not exist there, nothing is prepared.
     */
    private static void listen(String name) {
        try {
            Class<?> signals = Class.forName("sun.misc.Signal");
            Class<?> handlers = Class.forName("sun.misc.SignalHandler");
            Object signal = signals.getConstructor(String.class).newInstance(name);
            Method handle = signals.getMethod("handle", signals, handlers);
            Method handleOne = handlers.getMethod("handle", signals);
            Object[] former = new Object[1];
            Object own = Proxy.newProxyInstance(
                    Ending.class.getClassLoader(), new Class<?>[] {handlers}, (proxy, method, given) -> {
                        if (method.equals(handleOne)) {
                            prepare();
                            handleOne.invoke(former[0], given);
                        }
                        return null;
                    });
            former[0] = handle.invoke(null, signal, own);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | InstantiationException
                | IllegalAccessException missing) {
            System.getLogger(Ending.class.getName()).log(System.Logger.Level.DEBUG, "signals", missing);
        } catch (InvocationTargetException | IllegalArgumentException refused) {
            System.getLogger(Ending.class.getName()).log(System.Logger.Level.DEBUG, name, refused);
        }
    }
}
