package org.netsplice.ops;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Calls of libnd4j's operations by name. */
final class Native {
    private static final Object HELPERS = new Object();

    private Native() {}

    /** Runs an operation into {@code out}, whose shape is the right one; its type becomes that of the arguments. */
    static Array run(String name, INDArray out, INDArray[] in, int... integers) {
        exec(name, new INDArray[] {out}, in, integers);
        return Array.wrap(out);
    }

    private static void exec(String name, INDArray[] out, INDArray[] in, int... integers) {
        CustomOp op = DynamicCustomOp.builder(name)
                .addInputs(java.util.Arrays.stream(in)
                        .map(one -> one.castTo(out[0].dataType()))
                        .toArray(INDArray[]::new))
                .addOutputs(out)
                .addIntegerArguments(integers)
                .build();
        Nd4j.exec(op);
    }

    /** Runs an operation with several outputs of one type; {@code alone} without oneDNN. */
    static void run(String name, boolean alone, INDArray[] out, INDArray[] in, int... integers) {
        if (alone) {
            withoutHelpers(() -> exec(name, out, in, integers));
        } else {
            exec(name, out, in, integers);
        }
    }

    /** The form in which an operation that gives fractions computes with these arrays. */
    static Array.Form real(Array x, Array y) {
        return x.form().with(y.form()).real();
    }

    /** Runs an operation that takes floating-point arguments and makes its own output. */
    static Array run(String name, INDArray in, double... numbers) {
        Double[] boxed = new Double[numbers.length];
        for (int i = 0; i < boxed.length; i++) {
            boxed[i] = numbers[i];
        }
        CustomOp op = DynamicCustomOp.builder(name)
                .addInputs(in)
                .addFloatingPointArguments(boxed)
                .build();
        return Array.wrap(Nd4j.exec(op)[0]);
    }

    /** Like {@link #run} without oneDNN, which fails on dilated convolutions; its switch is global, hence the lock. */
    static Array runWithoutHelpers(String name, INDArray out, INDArray[] in, int... integers) {
        withoutHelpers(() -> exec(name, new INDArray[] {out}, in, integers));
        return Array.wrap(out);
    }

    private static void withoutHelpers(Runnable call) {
        synchronized (HELPERS) {
            boolean before = Nd4j.getEnvironment().helpersAllowed();
            Nd4j.getEnvironment().allowHelpers(false);
            try {
                call.run();
            } finally {
                Nd4j.getEnvironment().allowHelpers(before);
            }
        }
    }
}
