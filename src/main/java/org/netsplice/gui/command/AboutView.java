package org.netsplice.gui.command;

import java.util.List;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonType;
import javafx.stage.Window;
import org.netsplice.editor.UserFolder;
import org.netsplice.editor.Version;

/** Tells which program this is, what it runs on, where it keeps settings, and whose work it is built on. */
final class AboutView {
    private static final List<String> LIBRARIES = List.of(
            "Deeplearning4j and ND4J (Apache 2.0)",
            "JavaFX (GPL 2 with classpath exception)",
            "ControlsFX (BSD), AtlantaFX (MIT), Ikonli (Apache 2.0)",
            "Eclipse Layout Kernel (EPL 2.0)",
            "JGraphT (LGPL 2.1 or EPL 2.0), jHDF (MIT), picocli, Jackson (Apache 2.0)",
            "DejaVu fonts (free licence)");

    private AboutView() {}

    static void show(Window owner) {
        String text = "Java " + System.getProperty("java.version") + ", JavaFX "
                + System.getProperty("javafx.runtime.version", "")
                + "\nYour settings are in " + UserFolder.settings()
                + "\n\nNetSplice is built on\n"
                + String.join("\n", LIBRARIES);
        Alert alert = new Alert(Alert.AlertType.NONE, text, ButtonType.CLOSE);
        alert.setTitle("About NetSplice");
        alert.setHeaderText("NetSplice " + Version.text());
        alert.getDialogPane().setId("about");
        alert.initOwner(owner);
        alert.show();
    }
}
