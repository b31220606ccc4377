package org.netsplice.editor.figure;

import java.util.Set;
import org.netsplice.edit.Document;
import org.netsplice.export.FigureOptions;
import org.netsplice.export.Picture;
import org.netsplice.graph.NodeId;
import org.netsplice.work.Progress;

/** Draws a picture of a document once. */
public final class FigureDrawing {
    private FigureDrawing() {}

    /** The picture of a document; of its selected nodes alone when the options ask for that and some are selected. */
    public static Picture draw(Document opened, Set<NodeId> selection, FigureOptions options, Progress progress) {
        return new FigureSource(opened, selection).draw(options, progress);
    }
}
