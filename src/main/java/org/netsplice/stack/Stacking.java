package org.netsplice.stack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.netsplice.bench.Soup;
import org.netsplice.bench.Weighting;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.LoadWeights;
import org.netsplice.graph.DType;
import org.netsplice.graph.InputLayer;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Output;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.Weights;
import org.netsplice.predict.Answers;
import org.netsplice.problem.ModelException;
import org.netsplice.problem.Where;
import org.netsplice.train.Goal;
import org.netsplice.train.Listener;
import org.netsplice.train.Options;
import org.netsplice.train.Rows;
import org.netsplice.train.Selection;
import org.netsplice.train.Trainer;
import org.netsplice.work.Progress;

/**
 * A head that learns how to join what networks say (“stacking”, Wolpert, 1992; Breiman, 1996). The networks are asked once for all rows. For
 * an honest score the head is trained several times, each time without one part of the rows, on which it is then judged; the head that is
 * kept has learned from all rows.
 *
 * @param document with the trained head
 * @param loss of the rows that were held back in turn: log loss, or the mean squared error
 */
public record Stacking(Document document, double loss) {
    /** The head has few inputs, which are computed once, so that many quick steps are cheap. */
    private static final int EPOCHS = 30;

    private static final double RATE = 0.01;

    private static final String INPUT = "members";

    private static final String HEAD = "head";

    /**
     * Trains a head.
     *
     * @param head a layer with one input and the document's first output, which is trained on what its input gives
     * @param seed of the division, of the order of rows, and of layers that are random in training
     * @param parts into how many parts the rows are divided, 2 or more
     * @throws ModelException.EditRefused when there are fewer rows than parts
     * @throws ModelException.CannotPredict when the data does not fit, or training fails
     */
    public static Stacking of(
            Document document, NodeId head, Weighting.Rows given, int parts, long seed, Progress progress) {
        Weighting.Rows rows = withClasses(given);
        Options options = options(rows.batch(), seed);
        long count = rows.targets().rows();
        if (count < parts) {
            throw new ModelException.EditRefused(
                    Where.NOWHERE, count + " rows cannot be divided into " + parts + " parts", "Give more rows.");
        }
        Node node = document.graph().node(head);
        Tensor said = said(document, node.inputs().get(0), rows, progress.part(0, 0.3));
        Document small = alone(node, said.shape());
        List<Integer> order =
                new ArrayList<>(IntStream.range(0, (int) count).boxed().toList());
        Collections.shuffle(order, new Random(seed));
        List<Tensor> predicted = new ArrayList<>();
        List<Integer> judged = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            List<Integer> learning = new ArrayList<>();
            List<Integer> held = new ArrayList<>();
            for (int i = 0; i < order.size(); i++) {
                (i % parts == part ? held : learning).add(order.get(i));
            }
            Progress own = progress.part(0.3 + 0.7 * part / (parts + 1), 0.3 + 0.7 * (part + 1) / (parts + 1));
            Document trained = trained(small, said, rows, learning, options, own);
            predicted.add(Compiler.compile(trained, Progress.NONE)
                    .predict(Map.of(INPUT, picked(said, held)), options.batch(), Progress.NONE)
                    .get(HEAD));
            judged.addAll(held);
        }
        double loss = Soup.loss(
                Tensor.joined(predicted),
                new Weighting.Rows(picked(rows.targets(), judged), rows.classes(), rows.data(), rows.batch()));
        Document whole = trained(small, said, rows, order, options, progress.part(0.3 + 0.7 * parts / (parts + 1), 1));
        Weights learned = whole.graph()
                .weights()
                .get(whole.graph().named(HEAD).orElseThrow().weights());
        return new Stacking(new LoadWeights(head, learned).apply(document), loss);
    }

    private static Options options(int batch, long seed) {
        return new Options(
                Options.STANDARD.optimizer(), RATE, Options.Decay.COSINE, EPOCHS, batch, 0, seed, true, 0, false);
    }

    /** The rows with the names of all classes, some of which a part of the rows may lack. */
    private static Weighting.Rows withClasses(Weighting.Rows rows) {
        List<String> classes = rows.classes().isEmpty()
                ? rows.targets().names().stream().distinct().sorted().toList()
                : rows.classes();
        return new Weighting.Rows(rows.targets(), classes, rows.data(), rows.batch());
    }

    private static Tensor said(Document document, Port port, Weighting.Rows rows, Progress progress) {
        Document inner = document.with(document.graph().withOutputs(List.of(new Output(port, INPUT))));
        CompiledNetwork network = Compiler.compile(inner, progress.part(0, 0.1));
        return network.predict(rows.data().of(network), rows.batch(), progress.part(0.1, 1))
                .get(INPUT);
    }

    private static Document alone(Node head, Shape said) {
        InputLayer entry = new InputLayer(said.withBatch(Shape.UNKNOWN), DType.FLOAT32);
        Document empty = Document.EMPTY;
        Port port = Port.of(AddLayer.added(empty));
        Document started = new AddLayer(entry, INPUT, List.of(), Optional.empty()).apply(empty);
        return new AddLayer(head.layer(), HEAD, List.of(port), Optional.empty()).apply(started);
    }

    private static Document trained(
            Document small,
            Tensor said,
            Weighting.Rows rows,
            List<Integer> chosen,
            Options options,
            Progress progress) {
        Goal goal = new Goal(HEAD, Optional.empty(), 1, 0, rows.classes());
        Rows own = new Rows(Map.of(INPUT, picked(said, chosen)), Map.of(HEAD, picked(rows.targets(), chosen)));
        return new Trainer(small, Selection.of(small, List.of(HEAD)), List.of(goal), options)
                .train(own, Optional.empty(), Listener.NONE, progress)
                .edit()
                .apply(small);
    }

    private static Tensor picked(Tensor tensor, List<Integer> rows) {
        return Tensor.joined(rows.stream().map(row -> tensor.rows(row, row + 1)).toList());
    }

    private static Answers picked(Answers answers, List<Integer> rows) {
        return new Answers(
                answers.source(),
                answers.numbers().map(tensor -> picked(tensor, rows)),
                answers.names().isEmpty()
                        ? List.of()
                        : rows.stream().map(row -> answers.names().get(row)).toList());
    }
}
