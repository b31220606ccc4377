package org.netsplice.layers.kind;

import java.util.Optional;

/** The argument {@code training} of a call: Keras 2 computes as in training where a file says so, Keras 3 takes no notice when it predicts. */
public final class Training {
    private static final String NAME = "training";

    /** The parameter of a call. */
    public static final Parameter PARAMETER = Parameter.keyword(NAME);

    private Training() {}

    /** Whether a call says so. */
    public static boolean meant(Arguments call) {
        return call.flag(NAME);
    }

    /** The caution of a layer that is called so, with what follows. */
    public static Optional<String> caution(Arguments call, String consequence) {
        return meant(call) ? Optional.of("is called with training=True: " + consequence) : Optional.empty();
    }
}
