package org.netsplice.layers.kind;

import java.util.List;
import java.util.Optional;
import org.netsplice.ops.Array;

/** How a layer derives the mask of its result from those of its inputs. A mask is (batch, steps), 1 where a step counts and 0 where it is skipped. */
public interface MaskRule {

    /** The result has no mask, as for layers of Keras that do not support masking. */
    MaskRule DROPPED = new MaskRule() {
        @Override
        public boolean gives(List<Boolean> masked) {
            return false;
        }

        @Override
        public Array mask(List<Array> inputs, List<Optional<Array>> masks) {
            throw new IllegalStateException("no mask");
        }
    };

    /** The first result has the mask of the first input. */
    MaskRule PASSED = new MaskRule() {
        @Override
        public boolean gives(List<Boolean> masked) {
            return !masked.isEmpty() && masked.get(0);
        }

        @Override
        public Array mask(List<Array> inputs, List<Optional<Array>> masks) {
            return masks.get(0).orElseThrow();
        }

        @Override
        public OnnxValue write(OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks) {
            return masks.get(0).orElseThrow();
        }
    };

    /** The first result has the mask given in the call, otherwise that of the first input. */
    static MaskRule given(Arguments call) {
        return call.input("mask").<MaskRule>map(Given::new).orElse(PASSED);
    }

    /** The first result has a mask that is an input of its own. */
    record Given(int input) implements MaskRule {
        @Override
        public boolean gives(List<Boolean> masked) {
            return true;
        }

        @Override
        public Array mask(List<Array> inputs, List<Optional<Array>> masks) {
            return inputs.get(input);
        }

        @Override
        public OnnxValue write(OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks) {
            return inputs.get(input);
        }
    }

    /** Whether the first result has a mask, when it is known which inputs have one. */
    boolean gives(List<Boolean> masked);

    /** The mask of the first result. */
    Array mask(List<Array> inputs, List<Optional<Array>> masks);

    /**
     * Writes nodes of ONNX that compute the mask of the first result.
     *
     * @throws OnnxBuilder.Missing when there is no form in ONNX
     */
    default OnnxValue write(OnnxBuilder onnx, List<OnnxValue> inputs, List<Optional<OnnxValue>> masks) {
        throw new OnnxBuilder.Missing("gives a mask that has no form in ONNX");
    }
}
