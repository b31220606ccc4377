package org.netsplice.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.netsplice.train.Cases.HEAD;
import static org.netsplice.train.Cases.QUICK;
import static org.netsplice.train.Cases.ROWS;
import static org.netsplice.train.Cases.SMALL;
import static org.netsplice.train.Cases.classes;
import static org.netsplice.train.Cases.id;
import static org.netsplice.train.Cases.with;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.netsplice.edit.Document;
import org.netsplice.edit.step.MarkOutput;
import org.netsplice.graph.DType;
import org.netsplice.graph.Port;
import org.netsplice.graph.Shape;
import org.netsplice.graph.Tensor;
import org.netsplice.predict.Answers;
import org.netsplice.problem.ModelException;
import org.netsplice.work.Progress;

/** What training refuses, and what it says when numbers go wrong. */
class TrainingRefusalsTest {
    private static void refuses(Document document, Rows rows, Options options, String... lines) {
        assertThatThrownBy(() -> new Trainer(document, Cases.everything(document), List.of(HEAD), options)
                        .train(rows, Optional.empty(), Listener.NONE, Progress.NONE))
                .isInstanceOfSatisfying(
                        ModelException.CannotPredict.class,
                        refusal -> assertThat(refusal.problem().text().lines().map(String::strip))
                                .containsExactly(lines));
    }

    @Test
    void badDataIsToldBeforeTraining() {
        Tensor x = Cases.wave(1, 0.2, 40, 3);
        refuses(
                SMALL,
                Cases.rows("in", x, "head", classes(39)),
                QUICK,
                "input in: has 40 rows, but there are 39 targets",
                "Give one target for every row.");
        refuses(
                SMALL,
                Cases.rows("in", Cases.wave(1, 0, 40, 4), "head", classes(40)),
                QUICK,
                "input in: expects data of shape (None, 3), received (40, 4)",
                "Choose a file with that shape; the first axis counts the rows.");
        long[] three = new long[40];
        three[7] = 2;
        refuses(
                SMALL,
                Cases.rows("in", x, "head", Tensor.owning(DType.INT64, Shape.of(40), three)),
                QUICK,
                "y.npy: row 8 has the class 2, but the 2 outputs stand for classes 0 to 1",
                "Count classes from 0, or give their names.");
        refuses(
                SMALL,
                Cases.rows("in", x, "head", Cases.wave(1, 0, 40, 3)),
                QUICK,
                "y.npy: holds 3 numbers for each row, but the loss mean_squared_error of the output head needs 2",
                "Give targets of the shape of the output, or one class for each row.");
    }

    @Test
    void numbersThatAreMissingAreToldWithTheirRow() {
        Tensor x = Cases.wave(1, 0.2, 40, 3);
        float[] gap = Cases.wave(80, 1, 0);
        gap[13] = Float.NaN;
        refuses(
                SMALL,
                Cases.rows("in", x, "head", Tensor.of(Shape.of(40, 2), gap)),
                QUICK,
                "y.npy: row 7 has no target (NaN)",
                "Put a number there, or remove the row.");
        float[] hole = Cases.wave(120, 1, 0.2);
        hole[30] = Float.NaN;
        refuses(
                SMALL,
                Cases.rows("in", Tensor.of(Shape.of(40, 3), hole), "head", classes(40)),
                QUICK.withShuffled(false),
                "in: its data holds a number that is infinite or not a number in batch 2 of epoch 1",
                "Use a smaller learning rate, and check the data and the weights.");
        refuses(
                SMALL,
                ROWS,
                QUICK.withHeld(0.001),
                "0 of 40 rows would be held back for validation",
                "Hold back a share that leaves rows on both sides.");
    }

    @Test
    void aHugeRateIsToldWithTheLayerWhereItBegan() {
        Document document =
                Cases.waved(Cases.chain(Shape.of(Shape.UNKNOWN, 3), "first:Dense(units=4)", "head:Dense(units=1)"));
        Rows rows = Cases.rows("in", Cases.wave(1, 0.2, 40, 3), "head", Cases.wave(1, 0, 40, 1));
        refuses(
                document,
                rows,
                QUICK.withRate(1e30).withOptimizer(new Optimizer.Sgd(0, false)).withShuffled(false),
                "head: gives a number that is infinite or not a number in batch 2 of epoch 1",
                "Use a smaller learning rate, and check the data and the weights.");
    }

    @Test
    void aRateThatDivergesIsTold() {
        List<String> notices = new ArrayList<>();
        Document document = Cases.waved(Cases.chain(Shape.of(Shape.UNKNOWN, 3), "head:Dense(units=1)"));
        new Trainer(
                        document,
                        Cases.everything(document),
                        List.of(HEAD),
                        QUICK.withRate(2)
                                .withOptimizer(new Optimizer.Sgd(0, false))
                                .withEpochs(3)
                                .withShuffled(false))
                .train(
                        Cases.rows("in", Cases.wave(1, 0.2, 40, 3), "head", Cases.wave(1, 0, 40, 1)),
                        Optional.empty(),
                        new Listener() {
                            @Override
                            public void notice(String sentence) {
                                notices.add(sentence);
                            }
                        },
                        Progress.NONE);
        assertThat(notices).hasSize(2);
        assertThat(notices.get(0)).isEqualTo("The output head learns by the loss mean_squared_error.");
        assertThat(notices.get(1))
                .startsWith("The loss grew from ")
                .endsWith(": the learning rate 2 is probably too large.");
    }

    @Test
    void numbersThatStopBeingFiniteLaterKeepTheBestEpoch() {
        Document document = Cases.waved(Cases.chain(Shape.of(Shape.UNKNOWN, 3), "head:Dense(units=1)"));
        Rows rows = Cases.rows("in", Cases.wave(1, 0.2, 8, 3), "head", Cases.wave(1, 0, 8, 1));
        Trained trained = new Trainer(
                        document,
                        Cases.everything(document),
                        List.of(HEAD),
                        QUICK.withRate(1e18)
                                .withOptimizer(new Optimizer.Sgd(0, false))
                                .withEpochs(9))
                .train(rows, Optional.empty(), Listener.NONE, Progress.NONE);
        assertThat(trained.ending()).isEqualTo(Trained.Ending.NOT_FINITE);
        assertThat(trained.best().orElseThrow().number()).isEqualTo(1);
        assertThat(trained.problem().orElseThrow().line()).startsWith("head: ");
    }

    @Test
    void aClassWithoutAPlaceIsTold() {
        List<String> names = new ArrayList<>(List.of("cat", "dog", "eel"));
        Answers answers = new Answers("y.csv", Optional.empty(), names);
        Goal goal = new Goal("head", Optional.empty(), 1, 0, List.of("cat", "dog"));
        assertThatThrownBy(() -> Objective.of(goal, Objective.Form.SHARES, 1, 2, answers))
                .hasMessage("y.csv: row 3 has the class \"eel\", which is not among the 2 known");
        assertThat(Objective.of(new Goal("head"), Objective.Form.SHARES, 1, 3, answers)
                        .classes())
                .containsExactly("cat", "dog", "eel");
    }

    @Test
    void whatCannotBeTrainedIsToldBeforeTraining() {
        assertThatThrownBy(() -> Selection.of(SMALL, List.of())).hasMessage("every layer has trained weights already");
        assertThatThrownBy(() -> Selection.of(SMALL, List.of("heat")))
                .hasMessage("no layer, group or network is called \"heat\"");
        Document rounded = with(with(SMALL, "head", "off:ops.Round()"), "off", "last:Dense(units=2)");
        Document document = Cases.waved(rounded);
        assertThatThrownBy(() -> new Trainer(
                                document, Selection.of(document, List.of("first")), List.of(new Goal("last")), QUICK)
                        .train(
                                Cases.rows("in", Cases.wave(1, 0.2, 40, 3), "last", Cases.wave(1, 0.2, 40, 2)),
                                Optional.empty(),
                                Listener.NONE,
                                Progress.NONE))
                .hasMessageContaining("has no gradient, so that nothing before it can be trained");
        Document branch = with(SMALL, "first", "aside:Dense(units=2)");
        Document apart = new MarkOutput(Port.of(id(branch, "aside")), true).apply(branch);
        assertThatThrownBy(() -> new Trainer(apart, Selection.of(apart, List.of()), List.of(HEAD), QUICK)
                        .train(ROWS, Optional.empty(), Listener.NONE, Progress.NONE))
                .hasMessage("the output head depends on no layer that is trained");
    }

    @Test
    void tooLittleMemoryIsToldBeforeAnythingIsComputed() {
        Document document = Cases.chain(
                Shape.of(Shape.UNKNOWN, 3),
                "many:RepeatVector(n=100000000)",
                "mean:GlobalAveragePooling1D()",
                "head:Dense(units=1)");
        Selection selection = Selection.of(document, List.of());
        assertThat(selection.nodes()).hasSize(1);
        Document wide =
                Cases.chain(Shape.of(Shape.UNKNOWN, 3), "many:RepeatVector(n=100000000)", "head:Dense(units=1)");
        assertThatThrownBy(() -> new Trainer(wide, Selection.of(wide, List.of()), List.of(HEAD), QUICK)
                        .train(
                                Cases.rows("in", Cases.wave(1, 0.2, 40, 3), "head", Cases.wave(1, 0, 40, 1)),
                                Optional.empty(),
                                Listener.NONE,
                                Progress.NONE))
                .hasMessageStartingWith(
                        "the results of what is computed once for 40 rows would take 44.7 GB; the program may use");
    }

    @Test
    void patternsMeanLettersAndGroups() {
        assertThat(Selection.of(SMALL, List.of("f?rst")).nodes()).containsExactly(id(SMALL, "first"));
        assertThat(new HashSet<>(Selection.of(SMALL, List.of("*")).nodes())).hasSize(2);
        assertThatThrownBy(() -> Selection.of(SMALL, List.of("in")))
                .hasMessage("\"in\" has no weights that training could change");
    }
}
