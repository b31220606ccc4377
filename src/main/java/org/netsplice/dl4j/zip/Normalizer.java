package org.netsplice.dl4j.zip;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.netsplice.container.Guard;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.layers.CommonKinds;

/**
 * What {@code normalizer.bin} does with the features before DL4J's users hand them to a network: {@code (x − shift) / scale} for every feature,
 * or one factor for all pixels. Only DL4J's own kinds for one input are read, by this reader: the entry is a text, a version, the name of the
 * kind and numbers, and a class that it names is never loaded. Labels are not changed.
 *
 * @param shift a number for each feature; empty where one step does for all of them
 * @param scale likewise
 * @param settings the settings of a Rescaling, where one step does for all
 */
record Normalizer(List<Double> shift, List<Double> scale, Map<String, Object> settings) {
    /** The name of the entry. */
    static final String ENTRY = "normalizer.bin";

    private static final String HEADER = "NORMALIZER";
    private static final int VERSION = 1;
    /** The least scale that is not taken for none by the layer that divides. */
    private static final double LEAST = 1e-6;

    /**
     * Reads the entry; empty for kinds that are not known.
     *
     * @throws org.netsplice.problem.ModelException.Invalid when a known kind breaks the format
     */
    static Optional<Normalizer> read(byte[] content, String file) {
        ByteBuffer in = ByteBuffer.wrap(content);
        try {
            if (!text(in).equals(HEADER) || in.getInt() != VERSION) {
                return Optional.empty();
            }
            return switch (text(in)) {
                case "STANDARDIZE" -> standardized(in, file);
                case "MIN_MAX" -> ranged(in, file);
                case "IMAGE_MIN_MAX" -> pixels(in.getDouble(), in.getDouble(), in.getDouble());
                default -> Optional.empty();
            };
        } catch (BufferUnderflowException problem) {
            throw Guard.invalid(file, ENTRY, "ends too early", problem);
        }
    }

    private static String text(ByteBuffer in) {
        int length = Short.toUnsignedInt(in.getShort());
        if (length > in.remaining()) {
            return "";
        }
        byte[] text = new byte[length];
        in.get(text);
        return new String(text, StandardCharsets.US_ASCII);
    }

    private static List<Double> numbers(ByteBuffer in, String file) {
        Tensor tensor = Coefficients.next(in, file, ENTRY);
        List<Double> numbers = new ArrayList<>();
        for (int i = 0; i < tensor.length(); i++) {
            numbers.add(tensor.numberAt(i));
        }
        return numbers;
    }

    /** Means and deviations; a deviation of 0 counts as 1. */
    private static Optional<Normalizer> standardized(ByteBuffer in, String file) {
        in.get();
        List<Double> mean = numbers(in, file);
        List<Double> deviation =
                numbers(in, file).stream().map(one -> one == 0 ? 1.0 : one).toList();
        return of(mean, deviation, file);
    }

    /** Least and largest values that become two given ones. */
    private static Optional<Normalizer> ranged(ByteBuffer in, String file) {
        in.get();
        double least = in.getDouble();
        double most = in.getDouble();
        List<Double> lower = numbers(in, file);
        List<Double> upper = numbers(in, file);
        if (lower.size() != upper.size()) {
            throw Guard.invalid(file, ENTRY, "has " + lower.size() + " least and " + upper.size() + " largest values");
        }
        List<Double> shift = new ArrayList<>();
        List<Double> scale = new ArrayList<>();
        for (int i = 0; i < lower.size(); i++) {
            scale.add((upper.get(i) - lower.get(i)) / (most - least));
            shift.add(lower.get(i) - least * scale.get(i));
        }
        return of(shift, scale, file);
    }

    private static Optional<Normalizer> of(List<Double> shift, List<Double> scale, String file) {
        if (shift.size() != scale.size()) {
            throw Guard.invalid(file, ENTRY, "has " + shift.size() + " means and " + scale.size() + " deviations");
        }
        boolean sound = scale.stream().allMatch(one -> one >= LEAST && one < Double.POSITIVE_INFINITY)
                && shift.stream().allMatch(Double::isFinite);
        return sound ? Optional.of(new Normalizer(shift, scale, Map.of())) : Optional.empty();
    }

    private static Optional<Normalizer> pixels(double least, double most, double white) {
        double scale = (most - least) / white;
        return Double.isFinite(scale) && Double.isFinite(least)
                ? Optional.of(new Normalizer(List.of(), List.of(), Map.of("scale", scale, "offset", least)))
                : Optional.empty();
    }

    /**
     * The layer that does it; empty where the features are last, because DL4J shifts and scales along the first axis.
     *
     * @param layout what the axes of the data mean
     * @param features how many features there are; may be {@link Shape#UNKNOWN}
     */
    Optional<Step> step(Layout layout, long features, String file) {
        if (shift.isEmpty()) {
            return Optional.of(new Step(CommonKinds.RESCALING, settings));
        }
        if (features != Shape.UNKNOWN && features != shift.size()) {
            throw Guard.invalid(file, ENTRY, "is for " + shift.size() + " features, and the network has " + features);
        }
        if (layout == Layout.SEQUENCE_LAST || layout == Layout.IMAGE_LAST || layout == Layout.VOLUME_LAST) {
            return Optional.empty();
        }
        return Optional.of(new Step(
                CommonKinds.NORMALIZATION,
                Map.of(
                        "axis",
                        List.of(layout.features()),
                        "mean",
                        shift,
                        "variance",
                        scale.stream().map(one -> one * one).toList())));
    }
}
