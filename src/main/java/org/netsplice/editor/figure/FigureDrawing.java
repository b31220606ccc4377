package org.netsplice.editor.figure;

import java.util.Set;
import org.netsplice.check.Report;
import org.netsplice.diagram.Scene;
import org.netsplice.edit.Document;
import org.netsplice.editor.BlockingArranger;
import org.netsplice.editor.recipe.Overview;
import org.netsplice.export.FigureOptions;
import org.netsplice.export.FigureSwitch;
import org.netsplice.export.Picture;
import org.netsplice.graph.NodeId;
import org.netsplice.work.Progress;

/** Arranges what a picture shows. */
public final class FigureDrawing {
    private FigureDrawing() {}

    /** The picture of a document; of its selected nodes alone when the options ask for that and some are selected. */
    public static Picture draw(Document opened, Set<NodeId> selection, FigureOptions options, Progress progress) {
        Document document = options.shows(FigureSwitch.OVERVIEW)
                ? Overview.of(opened).map(edit -> edit.apply(opened)).orElse(opened)
                : opened;
        Scene scene =
                BlockingArranger.arrange(Report.of(document.graph()), document.placement(), options.detail(), progress);
        boolean part = options.selection() && !selection.isEmpty();
        return new Picture(part ? Picture.part(scene, selection) : scene, document.graph(), options);
    }
}
