package org.netsplice.keras;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.edit.Document;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Initial;
import org.netsplice.graph.Node;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.WeightSpec;
import org.netsplice.graph.Weights;
import org.netsplice.graph.WeightsId;
import org.netsplice.keras.Folded.Entry;
import org.netsplice.layers.FormerSettings;
import org.netsplice.layers.Layers;
import org.netsplice.layers.NestedInput;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.HardSigmoid;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.SnakeCase;
import org.netsplice.layers.kind.Training;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;

/** A document prepared for writing as a Keras model: folded, with layers that Keras lacks replaced, and with the weights of every layer. */
final class KerasFile {
    private final Document document;
    private final Graph graph;
    private final Report report;
    private final Folded model;
    private final LayerNames names;

    private KerasFile(Document document) {
        this.document = document;
        this.graph = Lowering.lowered(document);
        this.report = Report.of(graph);
        this.names = new LayerNames(document);
        this.model = Folding.fold(graph, names.model(document.name()), names);
    }

    /**
     * Prepares a document.
     *
     * @throws ModelException.CannotExport when it cannot run, or holds what Keras 3 does not have
     */
    static KerasFile of(Document document) {
        List<Problem> errors = Report.of(document.graph()).problems().stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw new ModelException.CannotExport(errors.get(0));
        }
        KerasFile file = new KerasFile(document);
        for (Node node : file.graph.nodes().values()) {
            if (!(node.layer() instanceof ComputedLayer layer) || layer instanceof NestedInput) {
                continue;
            }
            if (!Constructors.has(layer.kind())) {
                throw refused(node, layer.unwritable(), "Write a .splice.");
            }
            if (HardSigmoid.isIn(layer)) {
                throw refused(
                        node,
                        "applies the hard sigmoid of Keras 1 and 2, which Keras 3 does not have, to what no weights lead to",
                        "Write a .splice, or choose another activation.");
            }
            Optional<String> lost = FormerSettings.of(layer);
            if (lost.isPresent()) {
                throw refused(
                        node,
                        node.layer().className() + " with " + lost.get()
                                + " cannot be written, because Keras 3 has no such setting",
                        "Write a .splice.");
            }
        }
        return file;
    }

    /** The architecture of a document, even of one that Keras could not run. */
    static Map<String, Object> architecture(Document document) {
        LayerNames names = new LayerNames(document);
        Folded model = Folding.fold(document.graph(), names.model(document.name()), names);
        return ArchitectureWriter.write(model, List.of(), false);
    }

    static ModelException.CannotExport refused(Node node, String what, String remedy) {
        return new ModelException.CannotExport(
                Problem.error(new Where.AtNode(node.id().number(), node.name()), what, remedy));
    }

    /** How the model was trained, as far as that still holds. */
    TrainingWords training() {
        return TrainingWords.of(document, names, trained(model));
    }

    /** Notes for people: what is written differently from the document or its file. */
    List<Problem> notes() {
        List<Problem> notes = new ArrayList<>();
        Map<String, String> changed = new LinkedHashMap<>(names.changed());
        // The name of a new document was not chosen by anybody, so that its change is not worth a note.
        changed.remove(Document.EMPTY.name());
        changed.entrySet().stream().findFirst().ifPresent(first -> {
            int more = changed.size() - 1;
            notes.add(note("the name \"" + first.getKey() + "\" is written as \"" + first.getValue() + "\""
                    + (more == 0 ? "" : ", and " + more + " more likewise")
                    + ", because Keras cannot load it or TensorFlow not predict with it otherwise"));
        });
        if (!model.sequential()
                && model.file()
                        .filter(file -> file.className().equals("Sequential"))
                        .isPresent()) {
            notes.add(note("the Sequential is written as a Functional, because its layers are no longer a chain"));
        }
        leftOut().ifPresent(notes::add);
        otherClass().ifPresent(notes::add);
        graph.nodes().values().stream()
                .filter(node -> node.layer() instanceof ComputedLayer layer && masksDiffer(node, layer))
                .findFirst()
                .ifPresent(
                        node -> notes.add(
                                note(
                                        "\"" + node.name()
                                                + "\" treats masks as Keras 2 did, and Keras 3 will treat them its own way: predictions may differ")));
        for (Node node : graph.nodes().values()) {
            if (node.layer() instanceof ComputedLayer layer && calledForTraining(layer)) {
                layer.caution()
                        .ifPresent(what -> notes.add(
                                Problem.warning(new Where.AtNode(node.id().number(), node.name()), what, "")));
            }
        }
        notes.addAll(training().notes());
        return notes;
    }

    /** Names the layers that no output depends on, which Keras' models cannot hold. */
    private Optional<Problem> leftOut() {
        Set<WeightsId> written = new HashSet<>();
        addLayers(model, written);
        List<String> names = graph.nodes().values().stream()
                .filter(node -> !node.isInput() && !(node.layer() instanceof NestedInput))
                .filter(node -> !written.contains(node.weights()))
                .map(Node::name)
                .distinct()
                .toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        int more = names.size() - 1;
        return Optional.of(
                note("the layer \"" + names.get(0) + "\"" + (more == 0 ? " is" : " and " + more + " more are")
                        + " not written, because no output depends on " + (more == 0 ? "it" : "them")));
    }

    /** Names a layer whose class in its file is another one than the class that is written. */
    private Optional<Problem> otherClass() {
        List<Entry> entries = new ArrayList<>();
        addEntries(model, entries);
        List<String> others = new ArrayList<>();
        for (Entry entry : entries) {
            String written =
                    entry.isInput() ? "InputLayer" : entry.first().layer().className();
            entry.file()
                    .map(FileLayer::className)
                    .filter(before -> !before.equals(written) && !before.equals(className(entry)))
                    .ifPresent(before ->
                            others.add("\"" + entry.name() + "\" is written as " + written + ", not " + before));
        }
        int more = others.size() - 1;
        return others.stream()
                .findFirst()
                .map(first -> note(first + (more == 0 ? "" : ", and " + more + " more likewise")));
    }

    private static void addEntries(Folded level, List<Entry> into) {
        for (Entry entry : level.layers()) {
            entry.nested().ifPresentOrElse(nested -> addEntries(nested, into), () -> into.add(entry));
        }
    }

    private static void addLayers(Folded level, Set<WeightsId> into) {
        for (Entry entry : level.layers()) {
            entry.nested()
                    .ifPresentOrElse(
                            nested -> addLayers(nested, into),
                            () -> into.add(entry.first().weights()));
        }
    }

    /** Whether a merge layer follows the mask rules of an older Keras, which cannot be written, and may receive masks. */
    private boolean masksDiffer(Node node, ComputedLayer layer) {
        Kind<?> kind = layer.kind();
        boolean former = kind.history().settingNames().stream()
                .anyMatch(key -> !kind.value(layer, key).equals(kind.value(kind.standard(), key)));
        boolean called = kind.config(layer).get(Kind.CALL) instanceof Json call
                && call.keys().stream().anyMatch(key -> key.endsWith("mask"));
        return former && node.inputs().size() > 1 && (names.masks() || called);
    }

    /** Whether the call names training, which Keras 3 takes otherwise. */
    private static boolean calledForTraining(ComputedLayer layer) {
        return layer.kind().config(layer).get(Kind.CALL) instanceof Json call
                && call.find(Training.NAME).isPresent();
    }

    static Problem note(String what) {
        return Problem.warning(Where.NOWHERE, what, "");
    }

    /** The layers that training changes, in the order in which Keras lists them. */
    private List<WeightsId> trained(Folded level) {
        List<WeightsId> layers = new ArrayList<>();
        for (Entry entry : level.layers()) {
            if (entry.nested().isPresent()) {
                layers.addAll(trained(entry.nested().get()));
            } else if (!entry.isInput()
                    && entry.first().trainable()
                    && report.weights(entry.first().id()).stream().anyMatch(WeightSpec::trainable)) {
                layers.add(entry.first().weights());
            }
        }
        return layers;
    }

    /** The architecture in JSON. */
    Map<String, Object> architecture(boolean hdf5) {
        return ArchitectureWriter.write(model, outputNames(), hdf5);
    }

    /** The model as Keras has it. */
    Folded model() {
        return model;
    }

    /** The names of outputs, empty where a list of outputs gives them the same. */
    List<String> outputNames() {
        List<String> listed = listed();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < listed.size(); i++) {
            String name = graph.outputName(graph.outputs().get(i));
            boolean ofLayer = graph.outputs().get(i).name().isEmpty()
                    && (ScopeNames.layer(name).equals(listed.get(i))
                            || ScopeNames.without(name).equals(listed.get(i)));
            names.add(ofLayer ? listed.get(i) : name);
        }
        return names.equals(listed) ? List.of() : names;
    }

    /** The names of outputs in a list: that of their layer, with a number when it has several outputs. */
    private List<String> listed() {
        Map<String, Integer> times = new HashMap<>();
        model.outputs().forEach(place -> times.merge(place.layer().name(), 1, Integer::sum));
        Map<String, Integer> before = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (Folded.Place output : model.outputs()) {
            String layer = output.layer().name();
            int number = before.merge(layer, 1, Integer::sum) - 1;
            names.add(times.get(layer) > 1 ? layer + "_" + number : layer);
        }
        return names;
    }

    /** Every tensor by the path under which Keras 3 stores it, such as {@code layers/dense/vars/0}. */
    Map<String, Tensor> byPath() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        paths(model, "", tensors);
        return tensors;
    }

    private void paths(Folded level, String base, Map<String, Tensor> into) {
        Map<String, Integer> counters = new HashMap<>();
        for (Entry entry : level.layers()) {
            if (operation(entry)) {
                continue;
            }
            String type = SnakeCase.of(className(entry));
            int number = counters.merge(type, 1, Integer::sum) - 1;
            String path = base + "layers/" + type + (number == 0 ? "" : "_" + number) + "/";
            if (entry.nested().isPresent()) {
                paths(entry.nested().get(), path, into);
            } else if (!entry.isInput()) {
                variables(entry.first(), path, into);
            }
        }
    }

    private static boolean operation(Entry entry) {
        return entry.nested().isEmpty()
                && entry.first().layer() instanceof ComputedLayer layer
                && layer.kind().isOperation();
    }

    private static String className(Entry entry) {
        if (entry.nested().isPresent()) {
            return entry.nested().get().sequential() ? "Sequential" : "Functional";
        }
        String name = entry.first().layer().className();
        return Layers.kind(name).map(Kind::storedAs).orElse(name);
    }

    private void variables(Node node, String path, Map<String, Tensor> into) {
        List<WeightSpec> specs = report.weights(node.id());
        List<Tensor> tensors = weights(node).tensors();
        Map<String, Integer> counters = new HashMap<>();
        for (int i = 0; i < specs.size(); i++) {
            String group =
                    path + (specs.get(i).part().isEmpty() ? "" : specs.get(i).part() + "/") + "vars/";
            int next = counters.getOrDefault(group, 0);
            int slot =
                    specs.get(i).slot() == WeightSpec.NEXT ? next : specs.get(i).slot();
            for (int repeated = next; repeated < slot; repeated++) {
                into.put(group + repeated, tensors.get(repeated));
            }
            into.put(group + slot, tensors.get(i));
            counters.put(group, slot + 1);
        }
        if (node.layer() instanceof ComputedLayer layer) {
            layer.repeated().forEach((name, tensor) -> into.put(path + "vars/" + name, tensor));
        }
    }

    private Weights weights(Node node) {
        Weights known = graph.weights().get(node.weights());
        return known != null ? known : Initial.draw(document.seed(), node.weights(), report.weights(node.id()));
    }

    /** A tensor of an HDF5 file in the older layout, with its name within the group of its layer. */
    record Named(String name, Tensor tensor) {}

    /** The tensors of each top-level layer that has any, trainable ones first, as Keras lists them. */
    Map<String, List<Named>> byLayer() {
        Map<String, List<Named>> layers = new LinkedHashMap<>();
        for (Entry entry : model.layers()) {
            List<Named> trained = new ArrayList<>();
            List<Named> fixed = new ArrayList<>();
            gather(entry, "", trained, fixed);
            trained.addAll(fixed);
            if (!trained.isEmpty()) {
                layers.put(entry.name(), trained);
            }
        }
        return layers;
    }

    private void gather(Entry entry, String base, List<Named> trained, List<Named> fixed) {
        if (entry.nested().isPresent()) {
            entry.nested().get().layers().forEach(inner -> gather(inner, base + entry.name() + "/", trained, fixed));
            return;
        }
        if (entry.isInput() || operation(entry)) {
            return;
        }
        List<WeightSpec> specs = report.weights(entry.first().id());
        List<Tensor> tensors = weights(entry.first()).tensors();
        for (int i = 0; i < specs.size(); i++) {
            String part = specs.get(i).part().isEmpty() ? "" : specs.get(i).part() + "/";
            Named named =
                    new Named(base + entry.name() + "/" + part + specs.get(i).name(), tensors.get(i));
            boolean trainable = specs.get(i).trainable() && entry.first().trainable();
            (trainable ? trained : fixed).add(named);
        }
    }
}
