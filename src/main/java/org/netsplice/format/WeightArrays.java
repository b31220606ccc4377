package org.netsplice.format;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.netsplice.container.AtomicFile;
import org.netsplice.container.Guard;
import org.netsplice.container.Npy;
import org.netsplice.container.Npz;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** Weights of single layers in NumPy files. */
public final class WeightArrays {
    private WeightArrays() {}

    /**
     * Reads the weights of a layer from {@code .npz}, under {@code layer/kernel} or just {@code kernel}, or from {@code .npy} when
     * it has only one tensor.
     */
    public static Weights read(Path path, String layer, List<WeightSpec> specs) {
        String file = String.valueOf(path.getFileName());
        if (!file.toLowerCase(Locale.ROOT).endsWith(".npz")) {
            return new Weights(List.of(single(path, file, layer, specs)));
        }
        Map<String, Tensor> arrays = Npz.read(path);
        List<Tensor> tensors = new ArrayList<>();
        for (WeightSpec spec : specs) {
            Tensor tensor = arrays.getOrDefault(layer + "/" + spec.title(), arrays.get(spec.title()));
            if (tensor == null) {
                throw invalid(
                        file,
                        "has no array \"" + layer + "/" + spec.title() + "\" or \"" + spec.title() + "\"",
                        "It has " + String.join(", ", arrays.keySet()) + ".");
            }
            tensors.add(tensor);
        }
        return new Weights(tensors);
    }

    /** The layers an {@code .npz} file names. */
    public static List<String> layers(Path path) {
        return Npz.read(path).keySet().stream()
                .filter(key -> key.contains("/"))
                .map(key -> key.substring(0, key.indexOf('/')))
                .distinct()
                .toList();
    }

    private static Tensor single(Path path, String file, String layer, List<WeightSpec> specs) {
        if (specs.size() != 1) {
            throw invalid(
                    file,
                    "holds one array, but " + layer + " has " + specs.size() + " weights",
                    "Choose an .npz file with an array for each: "
                            + String.join(
                                    ", ", specs.stream().map(WeightSpec::title).toList()) + ".");
        }
        try {
            Guard.requireFile(path);
            Guard.check(file, "", Files.size(path), Long.MAX_VALUE);
            return Npy.read(Files.readAllBytes(path), file, "");
        } catch (IOException problem) {
            throw Guard.unreadable(file, problem);
        }
    }

    private static ModelException.Invalid invalid(String file, String what, String remedy) {
        return new ModelException.Invalid(Problem.error(new Where.InFile(file, ""), what, remedy));
    }

    /** Writes a tensor as {@code .npy}, atomically. */
    public static void write(Tensor tensor, Path path) {
        AtomicFile.write(path, out -> {
            BufferedOutputStream buffered = new BufferedOutputStream(out);
            Npy.write(tensor, buffered);
            buffered.flush();
        });
    }
}
