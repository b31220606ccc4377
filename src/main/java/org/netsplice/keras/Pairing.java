package org.netsplice.keras;

import java.util.List;
import java.util.stream.Collectors;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Compares what a layer needs with what a file holds for it. */
final class Pairing {
    private static final String REMEDY =
            "The architecture and the weights do not belong together; choose the weights that were saved with it.";

    private Pairing() {}

    /** The tensors as weights, or the difference in words. */
    static Weights check(String file, String place, Leaf leaf, List<WeightSpec> needs, List<Tensor> found) {
        Weights weights = new Weights(found);
        if (!needs.isEmpty() && !weights.fit(needs)) {
            String expected = needs.stream()
                    .map(spec -> spec.title() + " " + spec.shape())
                    .collect(Collectors.joining(", "));
            throw different(
                    file,
                    place,
                    "the layer \"" + leaf.name() + "\" (" + leaf.className() + ") needs " + expected
                            + ", but the file holds " + (found.isEmpty() ? "nothing for it" : weights.shapes()));
        }
        return weights;
    }

    static ModelException.Invalid different(String file, String place, String what) {
        return new ModelException.Invalid(Problem.error(new Where.InFile(file, place), what, REMEDY));
    }
}
