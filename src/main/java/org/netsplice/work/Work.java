package org.netsplice.work;

/** Something slow that reports its progress and can be stopped; it knows no thread. */
@FunctionalInterface
public interface Work<T> {

    /** Does the work in the calling thread; calls {@link Progress#at} often enough that stopping takes less than a second. */
    T run(Progress progress);
}
