package org.netsplice.editor.session;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.netsplice.app.Main;
import org.netsplice.edit.Document;
import org.netsplice.edit.Edit;
import org.netsplice.edit.Spot;
import org.netsplice.edit.step.AddLayer;
import org.netsplice.edit.step.Move;
import org.netsplice.edit.step.Remove;
import org.netsplice.edit.step.RenameDocument;
import org.netsplice.edit.step.Several;
import org.netsplice.format.Formats;
import org.netsplice.graph.NodeId;
import org.netsplice.graph.Port;
import org.netsplice.layers.Layers;
import org.netsplice.work.Progress;

/** Edits and saves a document without end, for tests that kill it: FOLDER MODEL. */
public final class RecoveryProgram {
    static final String SAVED = "saved.splice";
    private static final int SAVE_EVERY = 7;

    private RecoveryProgram() {}

    /** Edits until it is killed; prints the number of every state. */
    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        Formats formats = Main.formats();
        Recovery recovery = Recovery.begin(
                        folder.resolve("recovery"), (document, path) -> formats.write(document, path, Progress.NONE))
                .orElseThrow();
        Session session = new Session(Runnable::run);
        session.replace(start(Path.of(args[1])), Optional.of(folder.resolve(SAVED)));
        session.onChange(() -> recovery.keep(session));
        for (int number = 1; ; number++) {
            session.apply(edit(session.document(), number));
            if (number % SAVE_EVERY == 0) {
                formats.write(session.document(), folder.resolve(SAVED), Progress.NONE);
            }
            System.out.println(number);
        }
    }

    static Document start(Path model) {
        return Main.formats().open(model, Optional.empty(), Progress.NONE).asDocument();
    }

    /** The edit that leads to a state, the same one whenever it is asked for. */
    static Edit edit(Document document, int number) {
        Random random = new Random(number);
        List<NodeId> nodes = List.copyOf(document.graph().nodes().keySet());
        NodeId one = nodes.get(random.nextInt(nodes.size()));
        Edit change = switch (random.nextInt(4)) {
            case 0 -> new Move(Map.of(one, new Spot(random.nextInt(500), random.nextInt(500))), 0);
            case 1 ->
                nodes.size() > 12
                        ? new Remove(java.util.Set.of(nodes.get(nodes.size() - 1)))
                        : new Move(Map.of(one, new Spot(1, number)), 0);
            default ->
                new AddLayer(
                        Layers.kind("Dropout").orElseThrow().standard(), "", List.of(Port.of(one)), Optional.empty());
        };
        return new Several(List.of(change, new RenameDocument("state " + number)), "step");
    }
}
