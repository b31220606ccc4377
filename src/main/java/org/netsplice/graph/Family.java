package org.netsplice.graph;

/** What a layer is to somebody who looks at a network: its colour in a picture, and what sums up a block. */
public enum Family {
    INPUT,
    CONVOLUTION,
    POOLING,
    NORMALIZATION,
    ACTIVATION,
    RECURRENT,
    ATTENTION,
    CORE,
    MERGE,
    /** All others, such as reshaping, regularization and preprocessing. */
    OTHER
}
