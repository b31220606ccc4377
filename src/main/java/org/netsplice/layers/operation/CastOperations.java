package org.netsplice.layers.operation;

import java.util.List;
import java.util.Optional;
import org.netsplice.graph.DType;
import org.netsplice.graph.Layer;
import org.netsplice.graph.TensorSpec;
import org.netsplice.layers.kind.ElementTypes;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Parameters;
import org.netsplice.ops.Array;

/** The same numbers with another element type. */
final class CastOperations {
    private static final List<Parameter> ONE = Parameter.values("x");

    static final List<Operation.Definition> ALL =
            List.of(cast("Cast"), cast("SaturateCast"), taken("ConvertToTensor"), taken("Array"));

    private CastOperations() {}

    private static Operation.Definition cast(String name) {
        return new Operation.Definition(
                name,
                "The same numbers with another element type.",
                ONE,
                new Kind.Example("dtype=int32", "(None, 3)"),
                given -> List.of(new TensorSpec(given.first().shape(), type(given.with()))),
                given -> {
                    DType type = type(given.with());
                    Array x = given.first();
                    if (name.equals("Cast") || type.floating() || type == DType.BOOL) {
                        return List.of(ElementTypes.as(x, type));
                    }
                    double[] range = range(given.with().text("dtype", ""));
                    return List.of(ElementTypes.as(
                            x.map(
                                    v -> Math.min(Math.max(v, range[0]), range[1]),
                                    v -> v < range[0] ? (long) range[0] : v > range[1] ? (long) range[1] : v),
                            type));
                });
    }

    /** Makes an array of what is one already. */
    private static Operation.Definition taken(String name) {
        return new Operation.Definition(
                name,
                "The same numbers, with another element type where one is given.",
                ONE,
                new Kind.Example("", "(None, 3)"),
                given -> List.of(new TensorSpec(
                        given.first().shape(),
                        wanted(given.with()).orElse(given.first().dtype()))),
                given -> List.of(wanted(given.with())
                        .map(type -> ElementTypes.as(given.first(), type))
                        .orElse(given.first())));
    }

    private static Optional<DType> wanted(Parameters with) {
        return with.text("dtype", "").isEmpty() ? Optional.empty() : Optional.of(type(with));
    }

    /** The smallest and the largest number of an integer type such as int8 or uint16. */
    private static double[] range(String type) {
        int bits = Integer.parseInt(type.replaceAll("\\D", ""));
        return type.startsWith("u")
                ? new double[] {0, Math.pow(2, bits) - 1}
                : new double[] {-Math.pow(2, bits - 1), Math.pow(2, bits - 1) - 1};
    }

    private static DType type(Parameters with) {
        String name = with.text("dtype", "float32");
        return DType.named(name).orElseThrow(() -> new Layer.Misfit("has no element type " + name, ""));
    }
}
