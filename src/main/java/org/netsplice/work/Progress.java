package org.netsplice.work;

/** How far a {@link Work} is, and whether it should stop. Safe to call from any thread. */
public interface Progress {

    /** Progress nobody looks at and nobody stops. */
    Progress NONE = (fraction, what) -> {};

    /**
     * Reports progress; throws {@link Stopped} when the user asked to stop.
     *
     * @param fraction 0 to 1, or a negative number when it is not known
     * @param what what is being done, for people
     */
    void at(double fraction, String what);

    /** The same progress seen by a part that covers {@code from} to {@code to} of the whole. */
    default Progress part(double from, double to) {
        return (fraction, what) -> at(fraction < 0 ? fraction : from + fraction * (to - from), what);
    }
}
