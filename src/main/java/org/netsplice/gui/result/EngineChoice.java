package org.netsplice.gui.result;

import java.util.Locale;
import org.netsplice.editor.Settings;
import org.netsplice.ort.Engines;

/** The engine that computes the predictions of the window: what the user chose, remembered. */
public enum EngineChoice {
    AUTOMATIC("Automatic", Engines.AUTO),
    DL4J("DL4J", Engines.DL4J),
    ONNX_RUNTIME("ONNX Runtime", Engines.ONNX);

    private static final String KEY = "engine";

    private final String title;
    private final Engines engine;

    EngineChoice(String title, Engines engine) {
        this.title = title;
        this.engine = engine;
    }

    /** What the user reads. */
    public String title() {
        return title;
    }

    Engines engine() {
        return engine;
    }

    /** A word for settings and commands. */
    public String key() {
        return engine.text();
    }

    static EngineChoice of(Settings settings) {
        String word = settings.text(KEY).orElse("").toLowerCase(Locale.ROOT);
        for (EngineChoice choice : values()) {
            if (choice.key().equals(word)) {
                return choice;
            }
        }
        return AUTOMATIC;
    }

    void remember(Settings settings) {
        settings.put(KEY, key());
    }
}
