package org.netsplice.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.netsplice.format.Head;
import org.netsplice.format.Opened;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Opens several models; weights files belong to the architectures among them, in order. */
final class Models {
    private Models() {}

    static List<Opened> open(Console console, CommandSpec spec, List<Path> models, List<Path> weights) {
        Iterator<Path> rest = weights.iterator();
        List<Opened> all = new ArrayList<>();
        for (Path model : models) {
            boolean architecture = rest.hasNext() && (models.size() == 1 || isArchitecture(model));
            Optional<Path> own = architecture ? Optional.of(rest.next()) : Optional.empty();
            all.add(console.formats().open(model, own, console.progress()));
        }
        if (rest.hasNext()) {
            throw new ParameterException(
                    spec.commandLine(), "--weights is given more often than there are architectures (.json)");
        }
        return all;
    }

    private static boolean isArchitecture(Path model) {
        return Head.of(model).text().stripLeading().startsWith("{");
    }
}
