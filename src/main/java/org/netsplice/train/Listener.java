package org.netsplice.train;

/** Hears how training goes, in the thread that trains. */
public interface Listener {
    /** Hears nothing and never stops. */
    Listener NONE = new Listener() {};

    /**
     * A step was made.
     *
     * @param epoch from 1
     * @param rows how many rows of the epoch were trained on so far
     * @param of how many it has
     * @param soFar loss and metric of the epoch so far
     * @return whether to go on; otherwise training ends and the best weights so far are kept
     */
    default boolean step(int epoch, long rows, long of, Epoch.Score soFar) {
        return true;
    }

    /** An epoch is over. */
    default void epoch(Epoch epoch) {}

    /** Something is to be known before or while training, as a sentence. */
    default void notice(String sentence) {}
}
