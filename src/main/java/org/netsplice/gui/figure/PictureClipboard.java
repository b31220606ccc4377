package org.netsplice.gui.figure;

import java.util.Locale;
import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.netsplice.export.Raster;

/** Pictures on the clipboard of the computer. */
final class PictureClipboard {
    private PictureClipboard() {}

    static Image image(Raster raster) {
        WritableImage image = new WritableImage(raster.width(), raster.height());
        image.getPixelWriter()
                .setPixels(
                        0,
                        0,
                        raster.width(),
                        raster.height(),
                        PixelFormat.getIntArgbInstance(),
                        raster.pixels(),
                        0,
                        raster.width());
        return image;
    }

    /** Puts a picture on the clipboard; returns a sentence that says so. */
    static String put(Raster raster) {
        ClipboardContent content = new ClipboardContent();
        content.putImage(image(raster));
        Clipboard.getSystemClipboard().setContent(content);
        return String.format(Locale.ROOT, "The picture is copied, %d × %d pixels.", raster.width(), raster.height());
    }
}
