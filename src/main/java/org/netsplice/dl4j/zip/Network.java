package org.netsplice.dl4j.zip;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.netsplice.container.Guard;
import org.netsplice.graph.Graph;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Problem;
import org.netsplice.problem.Where;
import org.netsplice.work.Progress;

/** Makes a graph of DL4J's own layers: each vertex becomes the layers that compute the same, or is drawn and kept. */
final class Network {
    private static final Tensor NO_NUMBERS = Tensor.of(Shape.of(0));

    private final Configuration configuration;
    private final Tensor numbers;
    private final String file;
    private final Drawing drawing;
    private final Map<String, Value> values = new HashMap<>();

    private Network(Configuration configuration, Tensor numbers, String file) {
        this.configuration = configuration;
        this.numbers = numbers;
        this.file = file;
        this.drawing = new Drawing(Stream.concat(
                        configuration.inputs().stream(),
                        configuration.vertices().stream().map(Configuration.Vertex::name))
                .toList());
    }

    /**
     * The graph of a network.
     *
     * @param numbers all parameters in the order of the vertices
     * @param normalizer what is done with the features of a network of one input; others have none
     * @param description what the file says beside the network
     * @throws ModelException.Invalid when there are more or fewer than the layers need
     * @throws ModelException.Unsupported when it cannot be told which layer the numbers belong to
     */
    static Graph of(
            Configuration configuration,
            Tensor numbers,
            Optional<Normalizer> normalizer,
            Description description,
            String file,
            Progress progress) {
        Network network = new Network(configuration, numbers, file);
        List<Parameters> parts = network.parts();
        network.inputs(description, normalizer);
        int done = 0;
        for (Configuration.Vertex vertex : configuration.vertices()) {
            progress.at((double) done / parts.size(), "Reading " + vertex.name());
            network.values.put(vertex.name(), network.drawn(vertex, parts.get(done++)));
        }
        network.outputs();
        return network.drawing.graph();
    }

    /** The numbers of every vertex. One vertex whose count is not known has what the others leave. */
    private List<Parameters> parts() {
        List<Configuration.Vertex> vertices = configuration.vertices();
        long[] counts = new long[vertices.size()];
        int unknown = -1;
        long known = 0;
        for (int i = 0; i < counts.length; i++) {
            OptionalLong count = count(vertices.get(i));
            counts[i] = count.orElse(0);
            known += counts[i];
            if (count.isEmpty() && unknown >= 0) {
                throw new ModelException.Unsupported(Problem.error(
                        new Where.InFile(file, Configuration.ENTRY),
                        "has two layers whose number of parameters is not known, "
                                + vertices.get(unknown).name() + " ("
                                + ClassNames.shown(vertices.get(unknown).type()) + ") and "
                                + vertices.get(i).name() + " ("
                                + ClassNames.shown(vertices.get(i).type())
                                + "), so that the numbers of the others cannot be found",
                        "Save the network without one of them."));
            }
            unknown = count.isEmpty() ? i : unknown;
        }
        if (known > numbers.length() || (unknown < 0 && known < numbers.length())) {
            throw Guard.invalid(
                    file,
                    Coefficients.ENTRY,
                    "holds " + numbers.length() + " numbers, but the layers have " + known + " parameters");
        }
        if (unknown >= 0) {
            counts[unknown] = numbers.length() - known;
        }
        List<Parameters> parts = new ArrayList<>();
        int from = 0;
        for (long count : counts) {
            parts.add(new Parameters(numbers, from, from + (int) count));
            from += (int) count;
        }
        return parts;
    }

    private static OptionalLong count(Configuration.Vertex vertex) {
        try {
            return Rules.count(vertex);
        } catch (ModelException.Unsupported unknown) {
            return OptionalLong.empty();
        }
    }

    private void inputs(Description description, Optional<Normalizer> normalizer) {
        Map<String, Wanted> wanted = InputShapes.of(configuration);
        for (String name : configuration.inputs()) {
            Wanted known = wanted.get(name);
            Layout layout = known.layout().orElse(Layout.FLAT);
            Shape outside = Border.outside(layout, known.complete());
            Shape shape = description
                    .input(name)
                    .map(InputLayer::batchShape)
                    .filter(outside::accepts)
                    .orElse(outside);
            Value input = drawing.input(name, shape, layout);
            Value inside = Border.inside(drawing, input, name);
            values.put(
                    name, normalizer.map(one -> normalized(inside, name, one)).orElse(inside));
        }
    }

    private Value normalized(Value value, String input, Normalizer normalizer) {
        String name = drawing.beside(input, "normalized");
        return normalizer
                .step(value.layout(), value.features(), file)
                .map(step -> drawing.add(name, step, value.layout(), List.of(value), List.of(), true))
                .orElseGet(() -> drawing.opaque(
                        name,
                        "Normalizer",
                        org.netsplice.config.Json.of(Map.of()),
                        "it shifts and scales along another axis than that of the features",
                        List.of(value),
                        NO_NUMBERS));
    }

    private void outputs() {
        for (String name : configuration.outputs()) {
            Value value = values.get(name);
            if (value.layout() == Layout.FOLDED) {
                value = drawing.opaque(
                        drawing.beside(name, "rows"),
                        "RnnToFeedForwardPreProcessor",
                        org.netsplice.config.Json.of(Map.of()),
                        "steps as rows of their own have no counterpart here",
                        List.of(value),
                        NO_NUMBERS);
            }
            drawing.output(Border.outside(drawing, value, name), name);
        }
    }

    private Value drawn(Configuration.Vertex vertex, Parameters own) {
        long mark = drawing.mark();
        List<Value> read = vertex.read().stream().map(values::get).toList();
        int count = own.left();
        try {
            Site site = new Site(drawing, vertex.name(), vertex.settings(), read, own, true);
            Rule rule =
                    Rules.of(vertex.type()).orElseThrow(() -> vertex.settings().unsupported(unknown(vertex.type())));
            if (vertex.layer() && read.size() != 1) {
                throw vertex.settings().wrong("reads " + read.size() + " vertices, and layers read one");
            }
            if (vertex.preprocessor().isPresent()) {
                site = site.reading(
                        Preprocessors.draw(site, vertex.preprocessor().get(), "prepared"));
            }
            return rule.draw().apply(site);
        } catch (ModelException.Unsupported problem) {
            drawing.undo(mark);
            Tensor kept = count == 0 ? NO_NUMBERS : own.restarted().rows(count);
            return drawing.opaque(
                    vertex.name(),
                    ClassNames.shown(vertex.type()),
                    vertex.settings().detached(),
                    problem.problem().what(),
                    read,
                    kept);
        }
    }

    private static String unknown(String type) {
        return ClassNames.isOwn(type)
                ? "this layer of DL4J is not known"
                : "it is a class of another program, which is never loaded";
    }
}
