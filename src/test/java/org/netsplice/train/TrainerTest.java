package org.netsplice.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.netsplice.train.Cases.HEAD;
import static org.netsplice.train.Cases.QUICK;
import static org.netsplice.train.Cases.ROWS;
import static org.netsplice.train.Cases.SMALL;
import static org.netsplice.train.Cases.classes;
import static org.netsplice.train.Cases.id;
import static org.netsplice.train.Cases.with;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.netsplice.check.Report;
import org.netsplice.dl4j.Compiler;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.Freeze;
import org.netsplice.edit.step.MarkOutput;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.graph.Weights;
import org.netsplice.predict.Answers;
import org.netsplice.work.Progress;
import org.netsplice.work.Stopped;

/** The loop of training: what it trains, what it leaves alone, and when it stops. */
class TrainerTest {
    private static Answers numbers(Tensor tensor) {
        return new Answers("y.npy", Optional.of(tensor), List.of());
    }

    private static Trained train(Document document, Options options, Listener listener) {
        return new Trainer(document, Cases.everything(document), List.of(HEAD), options)
                .train(ROWS, Optional.empty(), listener, Progress.NONE);
    }

    @Test
    void theLossFallsAndTheEditGivesTheBestWeights() {
        Trained trained = train(SMALL, QUICK.withEpochs(30), Listener.NONE);
        assertThat(trained.ending()).isEqualTo(Trained.Ending.FINISHED);
        assertThat(trained.epochs()).hasSize(30);
        assertThat(trained.best().orElseThrow().training().loss())
                .isLessThan(trained.epochs().get(0).training().loss() / 3);
        assertThat(trained.best().orElseThrow().training().metric()).isGreaterThan(0.9);
        Document after = trained.edit().apply(SMALL);
        assertThat(trained.edit().title()).isEqualTo("train");
        assertThat(after.graph().weights()).isNotEqualTo(SMALL.graph().weights());
        assertThat(after.graph().nodes()).isEqualTo(SMALL.graph().nodes());
    }

    @Test
    void equalSeedsGiveEqualWeightsAndOtherSeedsOthers() {
        Document random = Cases.waved(Cases.chain(
                Shape.of(Shape.UNKNOWN, 3),
                "first:Dense(units=4,activation=tanh)",
                "drop:Dropout(rate=0.4)",
                "head:Dense(units=2,activation=softmax)"));
        Options options = QUICK.withEpochs(2).withHeld(0.25).withSeed(5);
        List<Tensor> one =
                Cases.weights(train(random, options, Listener.NONE).edit().apply(random));
        List<Tensor> same =
                Cases.weights(train(random, options, Listener.NONE).edit().apply(random));
        List<Tensor> other = Cases.weights(
                train(random, options.withSeed(6), Listener.NONE).edit().apply(random));
        assertThat(one).isEqualTo(same);
        assertThat(one).isNotEqualTo(other);
    }

    @Test
    void stoppingKeepsTheBestWeightsSoFar() {
        Options options = QUICK.withEpochs(50);
        Trained threeEpochs = train(SMALL, options.withEpochs(3), Listener.NONE);
        Trained stopped = train(SMALL, options, new Listener() {
            @Override
            public boolean step(int epoch, long rows, long of, Epoch.Score soFar) {
                return epoch < 4 || rows < 16;
            }
        });
        assertThat(stopped.ending()).isEqualTo(Trained.Ending.STOPPED);
        assertThat(stopped.epochs()).hasSize(3);
        assertThat(stopped.best().orElseThrow().number()).isEqualTo(3);
        assertThat(stopped.weights()).isEqualTo(threeEpochs.weights());
    }

    @Test
    void aStoppedWorkKeepsWhatItHasOnlyAfterTheFirstStep() {
        int[] steps = new int[1];
        Listener counting = new Listener() {
            @Override
            public boolean step(int epoch, long rows, long of, Epoch.Score soFar) {
                steps[0]++;
                return true;
            }
        };
        Trained stopped = new Trainer(SMALL, Cases.everything(SMALL), List.of(HEAD), QUICK)
                .train(ROWS, Optional.empty(), counting, (fraction, what) -> {
                    if (steps[0] == 3) {
                        throw new Stopped();
                    }
                });
        assertThat(stopped.ending()).isEqualTo(Trained.Ending.STOPPED);
        assertThat(stopped.best()).isEmpty();
        assertThat(stopped.weights()).hasSize(2);
        assertThat(steps[0]).isEqualTo(3);
        assertThatThrownBy(() -> new Trainer(SMALL, Cases.everything(SMALL), List.of(HEAD), QUICK)
                        .train(ROWS, Optional.empty(), Listener.NONE, (fraction, what) -> {
                            throw new Stopped();
                        }))
                .isInstanceOf(Stopped.class);
    }

    @Test
    void patienceEndsTrainingWithTheBestEpoch() {
        Rows noise = Cases.rows("in", Cases.wave(1, 0.2, 40, 3), "head", Cases.wave(1, 0.9, 40, 2));
        Trained trained = new Trainer(
                        SMALL,
                        Cases.everything(SMALL),
                        List.of(new Goal("head", Optional.of(Loss.Kind.MEAN_SQUARED_ERROR), 1, 0, List.of())),
                        QUICK.withEpochs(500).withHeld(0.3).withPatience(4))
                .train(noise, Optional.empty(), Listener.NONE, Progress.NONE);
        assertThat(trained.ending()).isEqualTo(Trained.Ending.PATIENCE);
        int best = trained.best().orElseThrow().number();
        assertThat(trained.epochs()).hasSize(best + 4);
        assertThat(trained.epochs().stream().mapToDouble(Epoch::watched).min().orElseThrow())
                .isEqualTo(trained.best().orElseThrow().watched());
    }

    @Test
    void rowsHeldBackAreNotTrainedOn() {
        List<Long> counts = new ArrayList<>();
        Trained trained = train(SMALL, QUICK.withEpochs(1).withHeld(0.3), new Listener() {
            @Override
            public boolean step(int epoch, long rows, long of, Epoch.Score soFar) {
                counts.add(of);
                return true;
            }
        });
        assertThat(counts).hasSize(4).containsOnly(28L);
        assertThat(trained.epochs().get(0).validation()).isPresent();
    }

    @Test
    void whatIsNotChosenStaysAndIsComputedOnce() {
        Document document = new Freeze(Set.of(id(SMALL, "first")), true).apply(SMALL);
        Selection selection = Selection.of(document, List.of("*"));
        assertThat(selection.notices()).containsExactly("Frozen in the document, and therefore not trained: first.");
        Plan plan = plan(document, selection);
        assertThat(plan.before()).extracting(Node::name).containsExactly("first");
        assertThat(plan.rest()).extracting(Node::name).containsExactly("head");
        Trained trained = new Trainer(document, selection, List.of(HEAD), QUICK)
                .train(ROWS, Optional.empty(), Listener.NONE, Progress.NONE);
        assertThat(trained.weights().keySet()).containsExactly(id(document, "head"));
        assertThat(Selection.of(document, List.of("first", "head")).nodes())
                .containsExactlyInAnyOrder(id(document, "first"), id(document, "head"));
    }

    private static Plan plan(Document document, Selection selection) {
        return Plan.of(
                document.graph(),
                Report.of(document.graph()),
                Set.of(document.graph().outputs().get(0).port()),
                selection.nodes());
    }

    @Test
    void layersThatAreRandomKeepFrozenOnesBehindThemInEveryStep() {
        Document document = Cases.waved(Cases.chain(
                Shape.of(Shape.UNKNOWN, 3),
                "first:Dense(units=4)",
                "norm:BatchNormalization()",
                "drop:Dropout(rate=0.5)",
                "second:Dense(units=4)"));
        Document longer = with(document, "second", "head:Dense(units=2,activation=softmax)");
        Selection selection = Selection.of(longer, List.of());
        assertThat(selection.nodes()).containsExactly(id(longer, "head"));
        Plan plan = plan(longer, selection);
        assertThat(plan.before()).extracting(Node::name).containsExactly("first", "norm");
        assertThat(plan.rest()).extracting(Node::name).containsExactly("drop", "second", "head");
        assertThat(plan.notice())
                .contains(
                        "drop drops or changes values at random while training, as in Keras even when frozen, so that "
                                + "1 frozen layer with weights is computed in every step instead of once.");
        Plan none = plan(longer, Selection.of(longer, List.of("second")));
        assertThat(none.notice()).isEmpty();
    }

    /** The document with a layer behind another. */
    @Test
    void movingStatisticsFollowOnlyWhereTheLayerIsTrained() {
        Document document = Cases.waved(Cases.chain(
                Shape.of(Shape.UNKNOWN, 3),
                "norm:BatchNormalization()",
                "first:Dense(units=4)",
                "head:Dense(units=2,activation=softmax)"));
        Weights before = document.graph()
                .weights()
                .get(document.graph().node(id(document, "norm")).weights());
        Trained all = train(document, QUICK.withEpochs(1), Listener.NONE);
        assertThat(all.weights().get(id(document, "norm")).tensors().get(2))
                .isNotEqualTo(before.tensors().get(2));
        Document frozen = new Freeze(Set.of(id(document, "norm")), true).apply(document);
        assertThat(train(frozen, QUICK.withEpochs(1), Listener.NONE).weights()).doesNotContainKey(id(document, "norm"));
    }

    @Test
    void aLayerThatIsCalledTwiceLearnsFromBothCalls() {
        Document once = Cases.waved(
                Cases.chain(Shape.of(Shape.UNKNOWN, 3), "twice:Dense(units=3,activation=tanh)", "head:Dense(units=1)"));
        Node first = once.graph().node(id(once, "twice"));
        NodeId second = new NodeId(once.nextId());
        Node call = new Node(second, "again", first.layer(), List.of(Port.of(first.id())), first.weights(), true);
        Node head = once.graph().node(id(once, "head"));
        Document document = once.with(once.graph().withNode(call).withNode(head.withInputs(List.of(Port.of(second)))))
                .withNextId(once.nextId() + 1);
        Rows rows = Cases.rows("in", Cases.wave(1, 0.2, 6, 3), "head", Cases.wave(1, 0.5, 6, 1));
        double rate = 1e-2;
        Trained trained = new Trainer(
                        document,
                        Cases.everything(document),
                        List.of(HEAD),
                        QUICK.withOptimizer(new Optimizer.Sgd(0, false))
                                .withRate(rate)
                                .withEpochs(1))
                .train(rows, Optional.empty(), Listener.NONE, Progress.NONE);
        Weights start = document.graph().weights().get(first.weights());
        Weights after = trained.weights().get(first.id());
        for (int i = 0; i < 9; i++) {
            double slope =
                    (loss(document, first, start, i, 1e-2, rows) - loss(document, first, start, i, -1e-2, rows)) / 2e-2;
            double step =
                    after.tensors().get(0).numberAt(i) - start.tensors().get(0).numberAt(i);
            assertThat(step).isCloseTo(-rate * slope, within(1e-5));
        }
    }

    private static double loss(Document document, Node node, Weights start, int at, double by, Rows rows) {
        float[] moved = start.tensors().get(0).toArray();
        moved[at] += (float) by;
        Map<org.netsplice.graph.WeightsId, Weights> all =
                new HashMap<>(document.graph().weights());
        all.put(
                node.weights(),
                new Weights(List.of(
                        Tensor.of(start.tensors().get(0).shape(), moved),
                        start.tensors().get(1))));
        Tensor said = Compiler.compile(document.with(document.graph().withWeights(all)), Progress.NONE)
                .predict(rows.inputs(), 6, Progress.NONE)
                .get("head");
        double[] losses = new Loss(Loss.Kind.MEAN_SQUARED_ERROR)
                .of(
                        said.toDoubles(),
                        1,
                        rows.targets().get("head").numbers().orElseThrow().toDoubles());
        return Arrays.stream(losses).average().orElseThrow();
    }

    @Test
    void severalOutputsAreWeighted() {
        Document two = new MarkOutput(Port.of(id(SMALL, "first")), true).apply(SMALL);
        Rows rows = new Rows(
                ROWS.inputs(), Map.of("head", numbers(classes(40)), "first", numbers(Cases.wave(1, 0, 40, 4))));
        double[] losses = new double[3];
        for (int weight = 0; weight < 3; weight++) {
            Goal other = new Goal("first", Optional.empty(), weight, 0, List.of());
            int at = weight;
            new Trainer(two, Cases.everything(two), List.of(HEAD, other), QUICK.withEpochs(1))
                    .train(
                            rows,
                            Optional.empty(),
                            new Listener() {
                                @Override
                                public boolean step(int epoch, long done, long of, Epoch.Score soFar) {
                                    losses[at] = soFar.loss();
                                    return false;
                                }
                            },
                            Progress.NONE);
        }
        assertThat(losses[1] - losses[0]).isPositive().isCloseTo(losses[2] - losses[1], within(1e-6));
    }

    @Test
    void rareClassesCountAsMuchAsFrequentOnes() {
        Objective objective =
                new Objective("head", new Loss(Loss.Kind.SPARSE_CATEGORICAL_CROSSENTROPY), 1, 1, 3, List.of());
        double[] targets = {0, 0, 0, 2, 2, 0};
        double[] balance = objective.balance(targets, new int[] {0, 1, 2, 3, 4, 5}, numbers(classes(6)));
        assertThat(balance).containsExactly(0.75, 0.75, 0.75, 1.5, 1.5, 0.75);
    }

    @Test
    void skippedStepsOfASequenceCountNothing() {
        Document document =
                Cases.waved(Cases.chain(Shape.of(Shape.UNKNOWN, 4, 2), "mask:Masking()", "head:Dense(units=1)"));
        float[] x = Cases.wave(64, 1, 0.2);
        for (int row = 0; row < 8; row++) {
            Arrays.fill(x, row * 8 + 6, row * 8 + 8, 0);
        }
        Tensor data = Tensor.of(Shape.of(8, 4, 2), x);
        float[] y = Cases.wave(32, 1, 0.4);
        double[] losses = new double[2];
        for (int i = 0; i < 2; i++) {
            int at = i;
            for (int row = 0; row < 8; row++) {
                y[row * 4 + 3] = 1000 * i;
            }
            new Trainer(document, Cases.everything(document), List.of(HEAD), QUICK)
                    .train(
                            Cases.rows("in", data, "head", Tensor.of(Shape.of(8, 4, 1), y)),
                            Optional.empty(),
                            new Listener() {
                                @Override
                                public boolean step(int epoch, long done, long of, Epoch.Score soFar) {
                                    losses[at] = soFar.loss();
                                    return false;
                                }
                            },
                            Progress.NONE);
        }
        assertThat(losses[0]).isEqualTo(losses[1]);
    }
}
