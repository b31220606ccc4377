package org.netsplice.layers;

import java.util.List;
import org.netsplice.ops.Arithmetic;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;

/** What a layer that reads forwards and one that reads backwards give, as one. */
final class Halves {
    private Halves() {}

    /** The results joined; both of them where they stay apart. */
    static List<Array> joined(Bidirectional.Merge mode, Array one, Array two) {
        return switch (mode) {
            case CONCAT -> List.of(Arranging.concatenate(List.of(one, two), one.rank() - 1));
            case SUM -> List.of(Arithmetic.add(one, two));
            case MUL -> List.of(Arithmetic.multiply(one, two));
            case AVE -> List.of(Arithmetic.scale(Arithmetic.add(one, two), 0.5, 0));
            case NONE -> List.of(one, two);
        };
    }
}
