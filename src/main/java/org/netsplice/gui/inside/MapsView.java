package org.netsplice.gui.inside;

import java.util.OptionalInt;
import javafx.geometry.Pos;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.netsplice.export.Raster;
import org.netsplice.inside.Maps;
import org.netsplice.inside.ValuePicture;

/** The values of a row as a picture that fills its place; a click on one of several maps enlarges it, the next one shows all again. */
final class MapsView extends VBox {
    private static final double LEAST = 80;

    private final ImageView image = new ImageView();
    private final Label caption = new Label();
    private final Pane place = new Pane(image);
    private Maps maps;
    private Raster raster = new Raster(1, 1, new int[1]);
    private OptionalInt enlarged = OptionalInt.empty();

    MapsView() {
        super(4);
        image.setId("values-picture");
        image.setPickOnBounds(true);
        image.setOnMouseClicked(this::click);
        caption.setId("values-caption");
        caption.setWrapText(true);
        caption.setMinHeight(USE_PREF_SIZE);
        caption.getStyleClass().add("muted");
        place.setMinSize(LEAST, LEAST);
        place.setPrefSize(LEAST, LEAST);
        place.widthProperty().addListener((any, old, now) -> fit());
        place.heightProperty().addListener((any, old, now) -> fit());
        VBox.setVgrow(place, Priority.ALWAYS);
        setAlignment(Pos.TOP_LEFT);
        getChildren().addAll(place, caption);
    }

    /** Shows maps; the enlarged one stays enlarged where there is one of its number. */
    void show(Maps wanted) {
        maps = wanted;
        if (enlarged.isPresent() && enlarged.getAsInt() >= maps.count()) {
            enlarged = OptionalInt.empty();
        }
        paint();
    }

    /** The pixels shown, one for each number. */
    Raster raster() {
        return raster;
    }

    private void paint() {
        raster = enlarged.isPresent() ? maps.one(enlarged.getAsInt()) : maps.all();
        image.setCursor(maps.count() > 1 ? Cursor.HAND : Cursor.DEFAULT);
        caption.setText(text());
        image.setAccessibleText(caption.getText());
        fit();
    }

    private String text() {
        String size = maps.height() + " × " + maps.width();
        if (maps.count() <= 1) {
            return "Dark is the least value, light the largest.";
        }
        if (enlarged.isPresent()) {
            return "Map " + (enlarged.getAsInt() + 1) + " of " + maps.count() + ", " + size
                    + " numbers. Click it to see all.";
        }
        String number =
                maps.shown() < maps.count() ? "The first " + maps.shown() + " of " + maps.count() : "" + maps.count();
        return number + " maps of " + size + " numbers, each from its least value (dark) to its largest (light)."
                + " Click one to enlarge it.";
    }

    /** Fills the place with squares of whole pixels, so that each number has sharp borders; larger pictures become smaller. */
    private void fit() {
        double scale = Math.min(place.getWidth() / raster.width(), place.getHeight() / raster.height());
        int factor = (int) Math.max(1, scale);
        Raster squares = ValuePicture.enlarged(raster, raster.width() * factor);
        WritableImage pixels = new WritableImage(squares.width(), squares.height());
        pixels.getPixelWriter()
                .setPixels(
                        0,
                        0,
                        squares.width(),
                        squares.height(),
                        PixelFormat.getIntArgbInstance(),
                        squares.pixels(),
                        0,
                        squares.width());
        image.setImage(pixels);
        image.setFitWidth(squares.width() * Math.min(1, Math.max(scale, 0.01)));
        image.setFitHeight(squares.height() * Math.min(1, Math.max(scale, 0.01)));
    }

    private void click(MouseEvent event) {
        if (maps == null || maps.count() <= 1) {
            return;
        }
        enlarged = enlarged.isPresent()
                ? OptionalInt.empty()
                : maps.at((int) (event.getX() / image.getFitWidth() * raster.width()), (int)
                        (event.getY() / image.getFitHeight() * raster.height()));
        paint();
    }
}
