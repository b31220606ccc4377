package org.netsplice.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.OpenNetwork;
import org.netsplice.format.Opened;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Weights for the architectures among several models. */
final class WeightsOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--weights", paramLabel = "W", description = "Weights for an architecture; once for each.")
    private List<Path> weights = new ArrayList<>();

    /** The models and the files of weights. */
    List<Path> with(List<Path> models) {
        List<Path> files = new ArrayList<>(models);
        files.addAll(weights);
        return files;
    }

    /** Opens the models, in their order. */
    List<Opened> open(List<Path> models, Console console) {
        return Models.open(console, spec, models, weights);
    }

    /** Opens the models as documents, in their order. */
    List<Document> documents(List<Path> models, Console console) {
        return open(models, console).stream().map(Opened::asDocument).toList();
    }

    /** Opens the models, each ready to be added to a document, under the prefixes where some are given. */
    List<OpenNetwork> networks(List<Path> models, PrefixOption prefixes, Console console) {
        prefixes.check(models.size());
        List<OpenNetwork> networks = new ArrayList<>();
        for (Opened opened : open(models, console)) {
            networks.add(opened.edit(prefixes.of(networks.size())));
        }
        return networks;
    }
}
