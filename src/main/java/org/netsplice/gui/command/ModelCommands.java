package org.netsplice.gui.command;

import java.util.List;
import org.netsplice.edit.step.Chain;
import org.netsplice.graph.Node;
import org.netsplice.graph.Port;
import org.netsplice.gui.Workbench;
import org.netsplice.gui.result.EngineChoice;
import org.netsplice.gui.result.Running;
import org.netsplice.layers.Layers;
import org.netsplice.layers.kind.Kind;

/** Commands that join networks and run them. */
final class ModelCommands extends CommandFamily {
    private static final String MODEL = "Model";

    ModelCommands(Workbench workbench, List<Command> all) {
        super(workbench, all);
    }

    void merges(Merging merging) {
        add(Command.of("merge", MODEL, 0, "Merge selected outputs", merging::mergeSelected, "F"));
        for (Kind<?> kind : Layers.ALL) {
            if (kind.family() == Kind.Family.MERGE) {
                add(Command.of(
                        "merge-" + kind.className(),
                        MODEL + "/Merge by",
                        0,
                        kind.className(),
                        () -> merging.merge(kind)));
            }
        }
    }

    /** Feeds an output into the input of another network. */
    void chains() {
        add(Command.of("chain", MODEL, 0, "Feed selected output into selected input", this::chain, "C"));
    }

    private void chain() {
        List<Node> inputs = selected(true);
        List<Node> sources = selected(false);
        if (inputs.size() == 1 && sources.size() == 1) {
            workbench.apply(
                    new Chain(Port.of(sources.get(0).id()), inputs.get(0).id()));
        } else {
            workbench.complain(
                    "Select one layer and one input of another network to feed the layer's output into the input.");
        }
    }

    private List<Node> selected(boolean input) {
        return session.selection().stream()
                .map(graph()::node)
                .filter(node -> node.isInput() == input)
                .toList();
    }

    void ensembles(FileActions files) {
        add(Command.of("ensemble", MODEL, 0, "Ensemble…", () -> new EnsembleView(workbench, files).show()));
    }

    /** Commands that run the model. */
    void runs(Running running) {
        add(Command.of("compile", MODEL, 1, "Compile", running::compile, "F5"));
        add(Command.of("predict", MODEL, 1, "Predict", running::predict, "F6"));
        for (EngineChoice engine : EngineChoice.values()) {
            add(Command.of(
                            "engine-" + engine.key(),
                            MODEL + "/Engine",
                            1,
                            "Predict by: " + engine.title(),
                            () -> running.choose(engine))
                    .when(() -> running.engine() != engine));
        }
    }
}
