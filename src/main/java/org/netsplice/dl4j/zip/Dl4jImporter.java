package org.netsplice.dl4j.zip;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.container.Guard;
import org.netsplice.container.ZipReader;
import org.netsplice.edit.Kept;
import org.netsplice.format.Contents;
import org.netsplice.format.Head;
import org.netsplice.format.Importer;
import org.netsplice.format.Opened;
import org.netsplice.format.Unread;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/**
 * Opens the zips of DL4J, version 0.5 to 1.0.0-M2.1: a {@code ComputationGraph} or a {@code MultiLayerNetwork}. Only the architecture and the
 * numbers are read, by this program's own readers; nothing in a file makes a class be loaded.
 */
public final class Dl4jImporter implements Importer {
    /** Stands in place of the numbers of a network without parameters. */
    private static final String NO_NUMBERS = "noParams.marker";

    private static final Set<String> READ =
            Set.of(Configuration.ENTRY, Coefficients.ENTRY, Description.ENTRY, NO_NUMBERS);

    @Override
    public String description() {
        return "DL4J network";
    }

    @Override
    public List<String> extensions() {
        return List.of("zip");
    }

    @Override
    public boolean recognises(Head head) {
        return head.entries().contains(Configuration.ENTRY) || head.entries().contains(Coefficients.ENTRY);
    }

    @Override
    public Opened read(Head head, Optional<Path> weights, Progress progress) {
        if (weights.isPresent()) {
            throw new ModelException.Unsupported(Problem.error(
                    new Where.InFile(head.file(), ""),
                    "already holds its weights",
                    "Open it without another weights file."));
        }
        try (ZipReader zip = ZipReader.open(head.path())) {
            Json json = JsonReader.parse(zip.read(Configuration.ENTRY), head.file(), Configuration.ENTRY);
            Configuration configuration = Configuration.of(json);
            progress.at(0.2, "Reading the numbers");
            Tensor numbers = numbers(zip, head.file());
            Description description = zip.find(Description.ENTRY)
                    .map(text -> new Description(JsonReader.parse(text, head.file(), Description.ENTRY)))
                    .orElse(Description.NOTHING);
            Graph graph = OwnNetwork.is(configuration)
                    ? OwnNetwork.of(configuration, numbers, description, head.file())
                    : Network.of(
                            configuration,
                            numbers,
                            normalizer(zip, configuration, head.file()),
                            description,
                            head.file(),
                            progress.part(0.5, 1));
            return new Opened.Network(graph, head.stem(), head.file(), Kept.NOTHING);
        }
    }

    /** The normalizer of a network of one input; those of others are not read. */
    private static Optional<Normalizer> normalizer(ZipReader zip, Configuration configuration, String file) {
        return configuration.inputs().size() == 1
                ? zip.find(Normalizer.ENTRY).flatMap(content -> Normalizer.read(content, file))
                : Optional.empty();
    }

    private static Tensor numbers(ZipReader zip, String file) {
        Optional<byte[]> content = zip.find(Coefficients.ENTRY);
        if (content.isPresent()) {
            return Coefficients.read(content.get(), file);
        }
        if (zip.names().contains(NO_NUMBERS)) {
            return Tensor.of(Shape.of(0));
        }
        throw Guard.invalid(file, Coefficients.ENTRY, "is missing from the archive");
    }

    @Override
    public Contents contents(Head head) {
        boolean own = head.entries().contains(Description.ENTRY);
        return Contents.of(head, "DL4J zip", own ? "NetSplice" : "DL4J");
    }

    @Override
    public List<String> unread(Head head) {
        Set<String> read = new HashSet<>(READ);
        try (ZipReader zip = ZipReader.open(head.path())) {
            Json json = JsonReader.parse(zip.read(Configuration.ENTRY), head.file(), Configuration.ENTRY);
            if (normalizer(zip, Configuration.of(json), head.file()).isPresent()) {
                read.add(Normalizer.ENTRY);
            }
        }
        return Unread.entries(head, read, "what is read of a DL4J model");
    }
}
