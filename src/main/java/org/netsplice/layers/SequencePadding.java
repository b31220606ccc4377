package org.netsplice.layers;

import java.util.List;
import org.netsplice.layers.kind.Setting;
import org.netsplice.ops.Window;

/** What happens at the ends of a sequence. */
public enum SequencePadding {
    /** Windows stay inside. */
    VALID,
    /** Both ends are padded so that the output has ceil(size / stride) steps. */
    SAME,
    /** The beginning is padded so that no step sees a later one. */
    CAUSAL;

    /** The border of a window that this means. */
    Window.Border border() {
        return Window.Border.valueOf(name());
    }

    /** The paddings that apply: all for sequences, all except causal for images. */
    static Setting<SequencePadding> setting(int directions) {
        return directions == 1
                ? Setting.choice("padding", VALID, HELP)
                : Setting.choice("padding", VALID, List.of(VALID, SAME), Padding.HELP);
    }

    static final String HELP = "same pads both ends, causal only the beginning, valid none.";
}
