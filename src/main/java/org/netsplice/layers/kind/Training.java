package org.netsplice.layers.kind;

import java.util.Optional;

/** The argument {@code training} of a call: Keras 2 obeys it when predicting, Keras 3 ignores it. */
public final class Training {
    /** The name of the parameter. */
    public static final String NAME = "training";

    /** The parameter of a call. */
    public static final Parameter PARAMETER = Parameter.keyword(NAME);

    private Training() {}

    /** Whether a call asks for it. */
    public static boolean meant(Arguments call) {
        return call.flag(NAME);
    }

    /** Whether a call asks for the opposite, so that the layer computes in training as it predicts. */
    public static boolean refused(Arguments call) {
        return call.flagIfGiven(NAME).filter(training -> !training).isPresent();
    }

    /** The warning about a layer that is called so and may drop values inside. */
    public static Optional<String> cautionOfDropout(Arguments call) {
        return caution(
                call,
                "Keras 2 then drops values at random when it predicts, where the layer has dropout; here nothing is dropped");
    }

    /** The warning about a layer that is called so, with the consequence. */
    public static Optional<String> caution(Arguments call, String consequence) {
        return meant(call) ? Optional.of("is called with training=True: " + consequence) : Optional.empty();
    }
}
