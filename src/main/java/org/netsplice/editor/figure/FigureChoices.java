package org.netsplice.editor.figure;

import org.netsplice.editor.Settings;
import org.netsplice.export.FigureOptions;

/** What was chosen for the last picture. */
public final class FigureChoices {
    private static final String KEY = "picture";

    private final Settings settings;

    public FigureChoices(Settings settings) {
        this.settings = settings;
    }

    /** The choices of the last picture; {@code usual} ones before there was any. */
    public FigureOptions last(FigureOptions usual) {
        return settings.text(KEY)
                .map(line -> FigureOptions.remembered(line, usual))
                .orElse(usual);
    }

    /** Remembers choices for the next picture. */
    public void remember(FigureOptions options) {
        settings.put(KEY, options.text());
    }
}
