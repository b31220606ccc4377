package org.netsplice.edit.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.netsplice.check.Report;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.History;
import org.netsplice.format.Head;
import org.netsplice.graph.Graph;
import org.netsplice.graph.Node;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Topology;
import org.netsplice.graph.WeightsId;
import org.netsplice.problem.ModelException;
import org.netsplice.splice.SpliceFile;
import org.netsplice.work.Progress;

/** What holds whatever the user does. */
class EditLawsTest {
    private static final int EDITS = 50;
    private static final Map<String, Integer> TRIED = new TreeMap<>();
    private static final Map<String, Integer> ACCEPTED = new TreeMap<>();
    private static Path folder;

    @BeforeContainer
    static void begin() throws IOException {
        folder = Files.createTempDirectory("laws");
        TRIED.clear();
        ACCEPTED.clear();
    }

    @Property(tries = 1000)
    void undoRedoNamesCyclesReportsAndSaving(@ForAll long seed) {
        Random random = new Random(seed);
        RandomEdits edits = new RandomEdits(random);
        History history = History.of(Document.EMPTY);
        List<Document> documents = new ArrayList<>(List.of(history.present()));
        Report known = Report.of(history.present().graph());
        for (int i = 0; i < EDITS; i++) {
            Edit edit = edits.next(history.present());
            String kind = edit.getClass().getSimpleName();
            TRIED.merge(kind, 1, Integer::sum);
            try {
                Document before = history.present();
                History next = history.apply(edit);
                ACCEPTED.merge(kind, 1, Integer::sum);
                holds(next.present());
                Report earlier = known;
                known = Report.of(next.present().graph(), earlier);
                says(known, Report.of(next.present().graph()));
                says(Report.of(before.graph(), known), earlier);
                knows(next.present().graph());
                reweighed(before.graph(), next.present().graph());
                if (next != history) {
                    assertThat(edit.apply(before)).as("an edit is a function").isEqualTo(next.present());
                    boolean joined = !next.undo().present().equals(before);
                    if (joined) {
                        assertThat(kind)
                                .as("only what one gesture moves is joined")
                                .isIn("Move", "ChangeFigure");
                        documents.remove(documents.size() - 1);
                    }
                    documents.add(next.present());
                }
                history = next;
            } catch (ModelException.EditRefused refusal) {
                assertThat(refusal.problem().what()).isNotBlank();
            }
        }
        undoesAndRedoes(history, documents);
        if (random.nextInt(10) == 0) {
            opensAsItWasSaved(history.present());
        }
    }

    private static void holds(Document document) {
        Graph graph = document.graph();
        assertThat(graph.nodes().values().stream().map(Node::name)).doesNotHaveDuplicates();
        assertThat(graph.nodes().values()).noneMatch(node -> node.name().contains("/"));
        assertThat(Topology.of(graph).cycle()).isEmpty();
        for (Node node : graph.nodes().values()) {
            assertThat(node.inputs()).allMatch(graph::has);
            assertThat(node.id().number()).isLessThan(document.nextId());
        }
        assertThat(graph.outputs()).allMatch(output -> graph.has(output.port()));
        assertThat(graph.inputs()).allMatch(id -> graph.node(id).isInput()).doesNotHaveDuplicates();
        assertThat(graph.inputs()).hasSize((int)
                graph.nodes().values().stream().filter(Node::isInput).count());
        Map<NodeId, Integer> memberships = new HashMap<>();
        graph.groups().values().forEach(group -> group.members().forEach(id -> memberships.merge(id, 1, Integer::sum)));
        assertThat(memberships.values()).allMatch(count -> count == 1);
        assertThat(graph.nodes().keySet()).containsAll(memberships.keySet());
        assertThat(graph.nodes().keySet())
                .containsAll(document.placement().spots().keySet());
        Report report = Report.of(graph);
        assertThat(report.order()).hasSize(graph.nodes().size());
        for (Node node : graph.nodes().values()) {
            assertThat(graph.callsOf(node)).allMatch(call -> call.layer().equals(node.layer()));
            assertThat(report.outputs(node.id())).isNotNull();
        }
    }

    /** A report that was made from the one before the edit says what one made from nothing says. */
    private static void says(Report taken, Report made) {
        assertThat(taken.order()).isEqualTo(made.order());
        assertThat(taken.problems()).isEqualTo(made.problems());
        assertThat(taken.counts()).isEqualTo(made.counts());
        assertThat(taken.topology().needed()).isEqualTo(made.topology().needed());
        for (Node node : made.order()) {
            assertThat(taken.outputs(node.id())).isEqualTo(made.outputs(node.id()));
            assertThat(taken.weights(node.id())).isEqualTo(made.weights(node.id()));
            assertThat(taken.flops(node.id())).isEqualTo(made.flops(node.id()));
            assertThat(taken.untrained(node.id())).isEqualTo(made.untrained(node.id()));
            assertThat(taken.problems(node.id())).isEqualTo(made.problems(node.id()));
        }
    }

    /** A graph made by an edit finds what one made from nothing finds. */
    private static void knows(Graph graph) {
        Graph made = new Graph(
                new LinkedHashMap<>(graph.nodes()),
                new TreeMap<>(graph.groups()),
                graph.weights(),
                graph.inputs(),
                graph.outputs());
        assertThat(graph).isEqualTo(made);
        int place = 0;
        for (Node node : made.nodes().values()) {
            assertThat(graph.place(node.id())).isEqualTo(place++);
            assertThat(graph.node(node.id())).isEqualTo(node);
            assertThat(graph.groupOf(node.id())).isEqualTo(made.groupOf(node.id()));
            assertThat(graph.isShared(node.weights()))
                    .isEqualTo(graph.callsOf(node).size() > 1);
        }
        assertThat(graph.place(new NodeId(Long.MAX_VALUE))).isNegative();
    }

    private static void reweighed(Graph before, Graph after) {
        Set<WeightsId> all = new HashSet<>(before.weights().keySet());
        all.addAll(after.weights().keySet());
        all.removeIf(
                id -> Objects.equals(before.weights().get(id), after.weights().get(id)));
        assertThat(after.reweighed(before)).isEqualTo(all).isEqualTo(before.reweighed(after));
    }

    private static void undoesAndRedoes(History history, List<Document> documents) {
        History present = history;
        for (int i = documents.size() - 1; i > 0; i--) {
            assertThat(present.present()).isSameAs(documents.get(i));
            present = present.undo();
        }
        assertThat(present.present()).isSameAs(Document.EMPTY);
        assertThat(present.undoTitle()).isEmpty();
        for (int i = 1; i < documents.size(); i++) {
            present = present.redo();
            assertThat(present.present()).isEqualTo(documents.get(i));
        }
        assertThat(present.redoTitle()).isEmpty();
    }

    private static void opensAsItWasSaved(Document document) {
        SpliceFile format = new SpliceFile();
        Path file = folder.resolve("document.splice");
        format.write(document, file, Progress.NONE);
        Document opened =
                format.read(Head.of(file), Optional.empty(), Progress.NONE).asDocument();
        assertThat(opened).isEqualTo(withoutWordsOfRemovedLayers(document));
        assertThat(List.copyOf(opened.graph().nodes().keySet()))
                .isEqualTo(List.copyOf(document.graph().nodes().keySet()));
    }

    /** What files said of layers that were removed is kept for undo, but not saved. */
    private static Document withoutWordsOfRemovedLayers(Document document) {
        return new Document(
                document.name(),
                document.graph(),
                document.placement(),
                document.seed(),
                document.nextId(),
                document.origins(),
                document.kept().in(document.graph()));
    }

    @AfterContainer
    static void everyKindOfEditOccurredAndHalfWereAccepted() {
        try {
            List<String> kinds = new ArrayList<>();
            try (var files = Files.list(Path.of("src/main/java/org/netsplice/edit/step"))) {
                for (Path file : files.toList()) {
                    if (Files.readString(file).contains("implements Edit {")) {
                        kinds.add(file.getFileName().toString().replace(".java", ""));
                    }
                }
            }
            assertThat(TRIED.keySet()).containsAll(kinds);
            assertThat(ACCEPTED.keySet()).containsAll(kinds);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        int tried = TRIED.values().stream().mapToInt(Integer::intValue).sum();
        int accepted = ACCEPTED.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(tried).isGreaterThanOrEqualTo(1000 * EDITS);
        assertThat(accepted).isGreaterThan(tried / 2);
    }
}
