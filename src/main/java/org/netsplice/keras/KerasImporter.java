package org.netsplice.keras;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.config.JsonReader;
import org.netsplice.container.Guard;
import org.netsplice.container.ZipReader;
import org.netsplice.edit.Kept;
import org.netsplice.format.Contents;
import org.netsplice.format.Head;
import org.netsplice.format.Importer;
import org.netsplice.format.Opened;
import org.netsplice.format.StoredLayer;
import org.netsplice.format.StoredWeights;
import org.netsplice.format.Unread;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Node;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.layers.Opaque;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Origin;
import org.netsplice.problem.Comparison;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Opens what Keras writes: {@code .keras} archives, whole models in HDF5, and architectures in JSON with separate weights. */
public final class KerasImporter implements Importer {
    private static final String CONFIG = "config.json";
    private static final String METADATA = "metadata.json";
    private static final String WEIGHTS = "model.weights.h5";
    private static final String PICKLED = "model.weights.npz";
    private static final String GROUP = "model_weights";

    @Override
    public String description() {
        return "Keras model";
    }

    @Override
    public List<String> extensions() {
        return List.of("keras", "h5", "hdf5", "json");
    }

    @Override
    public boolean recognises(Head head) {
        return head.isHdf5()
                || head.entries().contains(CONFIG)
                || (head.isZip() && head.file().endsWith(".keras"))
                || looksLikeJson(head);
    }

    private static boolean looksLikeJson(Head head) {
        String text = head.text().stripLeading();
        return (text.startsWith("{") || text.startsWith("\"{")) && head.bytes()[0] != 0;
    }

    /** An architecture without weights, the object it was read from, how it was trained, and who wrote it. */
    private record Architecture(
            ModelConfig model, Json object, NetworkBuilder.Built built, Trained trained, Origin origin) {

        Architecture trained(Trained how) {
            return new Architecture(model, object, built, how, origin);
        }
    }

    /** A network with the weights of a file, and how it was trained. */
    private record Found(Graph graph, Trained trained) {}

    @Override
    public Opened read(Head head, Optional<Path> weights, Progress progress) {
        Architecture architecture = architecture(head, progress);
        progress.at(0.4, "Reading weights");
        NetworkBuilder.Built built = architecture.built();
        Function<WeightSource, Found> reading = source ->
                new Found(weighed(built, source), architecture.trained().with(source));
        Found found;
        if (weights.isPresent()) {
            found = fromFile(weights.get(), architecture.origin(), reading);
        } else if (!head.isZip() && !head.isHdf5()) {
            found = new Found(built.graph(), architecture.trained());
        } else {
            found = own(head, architecture.origin(), reading);
        }
        Graph graph = found.graph();
        checkShapes(head, built, graph);
        String name = built.name();
        Kept kept = Keeping.of(
                architecture.model(),
                architecture.object(),
                built,
                Report.of(graph.withWeights(Map.of())),
                architecture.origin(),
                found.trained());
        return new Opened.Network(described(graph), name.isBlank() ? head.stem() : name, head.file(), kept);
    }

    private static void checkShapes(Head head, NetworkBuilder.Built built, Graph graph) {
        if (built.unshaped().stream().anyMatch(id -> graph.node(id).layer().equals(Sequentials.UNSHAPED))) {
            throw new ModelException.Unsupported(Problem.error(
                    new Where.InFile(head.file(), ""),
                    "does not tell the shape of the model's input, and its weights do not either",
                    "Save it again from Keras with the shape given, as in keras.Input((28, 28, 1))."));
        }
    }

    private static Graph weighed(NetworkBuilder.Built built, WeightSource source) {
        Graph graph = Deduction.of(built, source);
        return graph.withWeights(source.read(built.leaves(), new Needs(Report.of(graph))));
    }

    @Override
    public Optional<Comparison> compare(Head head, Path weights) {
        Architecture architecture = architecture(head, Progress.NONE);
        NetworkBuilder.Built built = architecture.built();
        List<Comparison.Row> rows = fromFile(
                weights,
                architecture.origin(),
                source -> source.compare(built.leaves(), new Needs(Report.of(Deduction.of(built, source)))));
        return Optional.of(new Comparison(head.file(), String.valueOf(weights.getFileName()), rows));
    }

    @Override
    public StoredWeights weights(Head head, Progress progress) {
        if (head.isHdf5()) {
            try (Hdf hdf = Hdf.open(head.path())) {
                if (hdf.text("", "model_config").isEmpty()) {
                    return new StoredWeights(head.file(), layers(head, hdf));
                }
            }
        }
        return Importer.super.weights(head, progress);
    }

    /** The layers in a file of weights without an architecture. */
    private static List<StoredLayer> layers(Head head, Hdf hdf) {
        if (NamedWeights.recognises(hdf, "")) {
            return new NamedWeights(hdf, "", Origin.of("", "")).layers();
        } else if (PathWeights.recognises(hdf)) {
            return new PathWeights(hdf).layers();
        }
        throw weightsOnly(head, hdf);
    }

    @Override
    public Contents contents(Head head) {
        if (head.isZip()) {
            try (ZipReader zip = ZipReader.open(head.path())) {
                Optional<Json> facts = zip.find(METADATA).map(text -> JsonReader.parse(text, head.file(), METADATA));
                return Contents.of(head, "Keras archive", writer(text(facts, "keras_version"), ""));
            }
        } else if (!head.isHdf5()) {
            return Contents.of(head, "Keras architecture", "Keras");
        }
        try (Hdf hdf = Hdf.open(head.path())) {
            String version = hdf.text("", "keras_version")
                    .or(() -> hdf.text(GROUP, "keras_version"))
                    .orElse("");
            String backend =
                    hdf.text("", "backend").or(() -> hdf.text(GROUP, "backend")).orElse("");
            List<Contents.Part> parts = hdf.children("").stream()
                    .map(name -> new Contents.Part(name, -1))
                    .toList();
            return new Contents("Keras HDF5", writer(version, backend), parts);
        }
    }

    private static String text(Optional<Json> object, String key) {
        return object.filter(Json::isObject)
                .flatMap(one -> one.find(key))
                .filter(Json::isText)
                .map(Json::text)
                .orElse("");
    }

    private static String writer(String version, String backend) {
        return ("Keras " + version).strip() + (backend.isEmpty() ? "" : " (" + backend + ")");
    }

    @Override
    public List<String> unread(Head head) {
        if (head.isZip()) {
            return Unread.entries(head, Set.of(CONFIG, METADATA, WEIGHTS), "a Keras model");
        } else if (!head.isHdf5()) {
            return List.of();
        }
        try (Hdf hdf = Hdf.open(head.path())) {
            return hdf.children("").stream()
                    .filter(name -> !name.equals(GROUP) && !name.equals("optimizer_weights"))
                    .map(name -> name + " (no part of a Keras model)")
                    .toList();
        }
    }

    private static Architecture architecture(Head head, Progress progress) {
        if (head.isZip()) {
            try (ZipReader zip = ZipReader.open(head.path())) {
                String version = zip.find(METADATA)
                        .flatMap(text ->
                                JsonReader.parse(text, head.file(), METADATA).find("keras_version"))
                        .map(Json::text)
                        .orElse("");
                Json config = JsonReader.parse(zip.read(CONFIG), head.file(), CONFIG);
                return build(config, Origin.of(version, ""), Assets.in(zip), progress);
            }
        }
        return head.isHdf5() ? inHdf5(head, progress) : json(head, progress);
    }

    private static Architecture inHdf5(Head head, Progress progress) {
        try (Hdf hdf = Hdf.open(head.path())) {
            Optional<String> config = hdf.text("", "model_config");
            if (config.isEmpty()) {
                throw weightsOnly(head, hdf);
            }
            Architecture architecture =
                    build(parsed(config.get(), head, "model_config"), origin(hdf), Assets.NONE, progress);
            Optional<Json> training =
                    hdf.text("", "training_config").map(text -> parsed(text, head, "training_config"));
            return architecture.trained(Trained.of(training, architecture.origin()));
        }
    }

    private static Json parsed(String text, Head head, String inside) {
        return JsonReader.parse(text.getBytes(StandardCharsets.UTF_8), head.file(), inside);
    }

    private static ModelException weightsOnly(Head head, Hdf hdf) {
        Where where = new Where.InFile(head.file(), "");
        if (NamedWeights.recognises(hdf, "") || PathWeights.recognises(hdf)) {
            return new ModelException.Unsupported(Problem.error(
                    where,
                    "holds weights without an architecture",
                    "Open the architecture (.json) and give this file as its weights."));
        }
        if (hdf.isTable()) {
            return new ModelException.Foreign(Problem.error(
                    where,
                    "is a table written by pandas, which holds data and no model",
                    "Export it as .csv or .npy to use it as data."));
        }
        return new ModelException.Foreign(Problem.error(
                where, "is an HDF5 file, but holds no Keras model", "Save the model from Keras as .keras or .h5."));
    }

    private static Architecture json(Head head, Progress progress) {
        try {
            Guard.check(head.file(), "", Files.size(head.path()), Long.MAX_VALUE);
            Json object = JsonReader.parse(Files.readAllBytes(head.path()), head.file(), "");
            if (object.find("class_name").isEmpty() || object.find("config").isEmpty()) {
                throw ForeignJson.refusal(head.file(), object);
            }
            Origin origin = object.find("keras_version")
                    .map(version -> Origin.of(
                            version.text(),
                            object.find("backend").map(Json::text).orElse("")))
                    .orElseGet(() -> Origin.inferred(object));
            return build(object, origin, Assets.NONE, progress);
        } catch (IOException problem) {
            throw Guard.unreadable(head.file(), problem);
        }
    }

    private static Architecture build(Json object, Origin origin, Assets assets, Progress progress) {
        if (!ArchitectureReader.isModel(object)) {
            Json name = object.get("class_name");
            object.get("config");
            throw new ModelException.Unsupported(Problem.error(
                    name.where(),
                    "the class \"" + name.text()
                            + "\" is neither Functional nor Sequential; a subclassed model keeps its structure in Python code",
                    "Build the model from keras.Model(inputs, outputs) or keras.Sequential in Python, and save that."));
        }
        progress.at(0.1, "Reading the architecture");
        ModelConfig model = assets.complete(ArchitectureReader.read(object, origin));
        Trained trained = Trained.of(object.find("compile_config"), origin);
        return new Architecture(model, object, NetworkBuilder.build(model, object), trained, origin);
    }

    /** The version of Keras that wrote a whole model in HDF5; files that do not tell it are of Keras 1. */
    private static Origin origin(Hdf hdf) {
        String version = hdf.text("", "keras_version")
                .or(() -> hdf.text(GROUP, "keras_version"))
                .orElse("1.0");
        String backend =
                hdf.text("", "backend").or(() -> hdf.text(GROUP, "backend")).orElse("");
        return Origin.of(version, backend);
    }

    /** The weights that are in the same file as the architecture. */
    private static <T> T own(Head head, Origin origin, Function<WeightSource, T> reading) {
        if (head.isZip()) {
            try (ZipReader zip = ZipReader.open(head.path())) {
                byte[] content = zip.find(WEIGHTS).orElseThrow(() -> missing(head.file(), zip.names()));
                try (Hdf hdf = Hdf.inside(content, head.file(), WEIGHTS)) {
                    return reading.apply(new PathWeights(hdf));
                }
            }
        }
        try (Hdf hdf = Hdf.open(head.path())) {
            return reading.apply(new NamedWeights(hdf, GROUP, origin));
        }
    }

    private static ModelException missing(String file, List<String> names) {
        return names.contains(PICKLED)
                ? new ModelException.Unsupported(Problem.error(
                        new Where.InFile(file, PICKLED),
                        "holds the weights as pickled Python objects, which are never opened",
                        "Save the model again with the package h5py installed."))
                : Guard.invalid(file, WEIGHTS, "is missing, so the model has no weights");
    }

    private static <T> T fromFile(Path path, Origin origin, Function<WeightSource, T> reading) {
        Head head = Head.of(path);
        if (head.isZip()) {
            return own(head, origin, reading);
        }
        if (!head.isHdf5()) {
            throw new ModelException.Foreign(Problem.error(
                    new Where.InFile(head.file(), ""),
                    "is not a file with Keras weights",
                    "Choose a .weights.h5, .h5 or .keras file."));
        }
        try (Hdf hdf = Hdf.open(path)) {
            if (hdf.has(GROUP)) {
                return reading.apply(new NamedWeights(hdf, GROUP, origin));
            }
            return reading.apply(
                    NamedWeights.recognises(hdf, "") ? new NamedWeights(hdf, "", origin) : new PathWeights(hdf));
        }
    }

    /** Gives layers that cannot be computed the shapes of their weights, and adapted layers the settings that they learned. */
    private static Graph described(Graph graph) {
        List<Node> changed = new ArrayList<>();
        Map<WeightsId, Weights> rest = new LinkedHashMap<>(graph.weights());
        for (Node node : graph.nodes().values()) {
            Weights found = graph.weights().get(node.weights());
            if (node.layer() instanceof Opaque opaque && found != null) {
                List<WeightSpec> specs = new ArrayList<>();
                for (Tensor tensor : found.tensors()) {
                    specs.add(new WeightSpec("w" + specs.size(), tensor.shape(), Initial.ZEROS, false));
                }
                changed.add(node.withLayer(opaque.holding(specs)));
            } else if (node.layer() instanceof ComputedLayer layer && found != null) {
                layer.settled(found).ifPresent(settled -> {
                    changed.add(node.withLayer(settled));
                    rest.remove(node.weights());
                });
            }
        }
        return graph.withNodes(changed).withWeights(rest);
    }
}
