package org.netsplice.onnx;

/** A call of an operator that has no counterpart among the layers. The message says why, as the reason of an opaque layer. */
final class Untranslatable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Untranslatable(String reason) {
        super(reason, null, false, false);
    }
}
