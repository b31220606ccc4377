package org.netsplice.gui.command;

import java.util.Optional;
import java.util.function.Supplier;
import org.netsplice.edit.step.Clip;
import org.netsplice.edit.step.Paste;
import org.netsplice.edit.step.Remove;
import org.netsplice.editor.session.Session;
import org.netsplice.graph.Graph;
import org.netsplice.gui.Sentences;
import org.netsplice.gui.Workbench;
import org.netsplice.problem.Problem;

/** Copies, cuts, pastes and duplicates layers. */
public final class Clipboard {
    private final Session session;
    private final Workbench workbench;
    private final Content content;
    private Optional<Boolean> sharing = Optional.empty();
    private Optional<Boolean> duplicating = Optional.empty();
    private Supplier<Optional<Boolean>> shareWeights;

    /** The copied layers and their document, shared by all documents of a window. */
    public static final class Content {
        private Optional<Clip> copied = Optional.empty();
        private Optional<Session> from = Optional.empty();
    }

    /** {@code shareWeights} asks whether pasted layers share weights with their originals; empty when the user does neither. */
    public Clipboard(Workbench workbench, Content content, Supplier<Optional<Boolean>> shareWeights) {
        this.content = content;
        this.session = workbench.session();
        this.workbench = workbench;
        this.shareWeights = shareWeights;
    }

    /** Remembers the selected layers. */
    void copy() {
        content.copied = Optional.of(new Clip(session.document(), session.selection()));
        content.from = Optional.of(session);
        sharing = Optional.empty();
    }

    /** Remembers the selected layers and removes them. */
    void cut() {
        copy();
        workbench.apply(new Remove(session.selection()));
    }

    boolean full() {
        return content.copied.isPresent();
    }

    /** Sets who is asked whether pasted layers share weights with their originals. */
    public void onSharing(Supplier<Optional<Boolean>> question) {
        shareWeights = question;
    }

    /**
     * Adds what was copied, of another document always with weights of its own; asks once whether its weights are copied too, or
     * shared where their layers are still there.
     */
    void paste(boolean connected) {
        Clip clip = content.copied.orElseThrow();
        boolean own = content.from.filter(session::equals).isPresent();
        if (!own || !sharable(clip)) {
            paste(new Paste(clip, false, own && connected));
            return;
        }
        sharing = sharing.or(shareWeights);
        sharing.ifPresent(shared -> paste(new Paste(clip, shared, connected)));
    }

    /** Adds copies of the selected layers that read what these read; asks the first time whether weights are copied or shared. */
    void duplicate() {
        Clip clip = new Clip(session.document(), session.selection());
        if (!sharable(clip)) {
            paste(new Paste(clip, false, true));
            return;
        }
        duplicating = duplicating.or(shareWeights);
        duplicating.ifPresent(shared -> paste(new Paste(clip, shared, true)));
    }

    /** Whether some layers that are still there have weights that copies could share. */
    private boolean sharable(Clip clip) {
        Graph graph = session.document().graph();
        return clip.nodes().stream()
                .map(graph.nodes()::get)
                .anyMatch(node -> node != null && graph.weights().containsKey(node.weights()));
    }

    private void paste(Paste paste) {
        var added = paste.added(session.document());
        Optional<Problem> problem = session.apply(paste);
        if (problem.isPresent()) {
            workbench.complain(Sentences.of(problem.get()));
        } else {
            session.select(added);
        }
    }
}
