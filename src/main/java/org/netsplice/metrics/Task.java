package org.netsplice.metrics;

import java.util.Locale;

/** What is predicted, which decides which metrics apply. */
public enum Task {
    /** One of two classes, from the probability of class 1: predictions (rows, 1), targets 0 or 1. */
    BINARY,
    /** One of several classes, from a probability of each: predictions (rows, classes), targets from 0 to classes − 1. */
    CLASSES,
    /** Any number of labels, from a probability of each: predictions (rows, labels), targets of the same shape, 0 or 1. */
    MULTILABEL,
    /** Numbers: predictions (rows, numbers), targets of the same shape. */
    REGRESSION;

    /** The name in reports, such as {@code binary}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
