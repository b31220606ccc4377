package org.netsplice.editor.figure;

import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.diagram.Detail;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Document;
import org.netsplice.editor.BlockingArranger;
import org.netsplice.editor.recipe.Overview;
import org.netsplice.export.FigureOptions;
import org.netsplice.export.FigureSwitch;
import org.netsplice.export.Picture;
import org.netsplice.graph.NodeId;
import org.netsplice.work.Progress;

/**
 * Pictures of one document under changing options. It is arranged again only when an option changes where boxes are, so that another
 * format, size, page or colour is drawn at once.
 */
public final class FigureSource {
    private final Document opened;
    private final Set<NodeId> selection;
    private Arranged arranged;

    /** A scene, and the options it holds for. */
    private record Arranged(boolean overview, Detail detail, Document document, Scene scene) {}

    public FigureSource(Document opened, Set<NodeId> selection) {
        this.opened = opened;
        this.selection = Set.copyOf(selection);
    }

    /** The picture of the document; of its selected nodes alone when the options ask for that and some are selected. */
    public synchronized Picture draw(FigureOptions options, Progress progress) {
        boolean overview = options.shows(FigureSwitch.OVERVIEW);
        Detail detail = options.detail();
        if (arranged == null
                || arranged.overview() != overview
                || !arranged.detail().equals(detail)) {
            Document document = overview
                    ? Overview.of(opened).map(edit -> edit.apply(opened)).orElse(opened)
                    : opened;
            Scene scene = BlockingArranger.arrange(Report.of(document.graph()), document.placement(), detail, progress);
            arranged = new Arranged(overview, detail, document, scene);
        }
        boolean part = options.selection() && !selection.isEmpty();
        return new Picture(
                part ? Picture.part(arranged.scene(), selection) : arranged.scene(),
                arranged.document().graph(),
                options);
    }
}
