package org.netsplice.layers;

/** What happens at the ends of a sequence. */
public enum SequencePadding {
    /** Windows stay inside. */
    VALID,
    /** Both ends are padded so that the output has ceil(size / stride) steps. */
    SAME,
    /** The beginning is padded so that no step sees a later one. */
    CAUSAL;

    static final String HELP = "same pads both ends, causal only the beginning, valid none.";
}
