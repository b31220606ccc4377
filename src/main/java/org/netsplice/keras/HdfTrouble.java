package org.netsplice.keras;

import java.util.Optional;
import java.util.stream.Stream;
import org.netsplice.config.Json;
import org.netsplice.keras.Folded.Entry;
import org.netsplice.layers.kind.ComputedLayer;
import org.netsplice.layers.kind.Kind;
import org.netsplice.problem.ModelException;

/** What Keras 3 would read wrongly from an HDF5 file. */
final class HdfTrouble {
    private HdfTrouble() {}

    /** The refusal of the first layer that Keras 3 would read wrongly; empty when there is none. */
    static Optional<ModelException.CannotExport> of(Folded model) {
        return of(model, false);
    }

    private static Optional<ModelException.CannotExport> of(Folded level, boolean nested) {
        for (Entry entry : level.layers()) {
            if (entry.nested().isPresent()) {
                Optional<ModelException.CannotExport> inside = of(entry.nested().get(), true);
                if (inside.isPresent()) {
                    return inside;
                }
            } else if (!entry.isInput() && entry.first().layer() instanceof ComputedLayer layer) {
                Optional<String> trouble = layer.kind()
                        .hdf5Trouble(layer, nested)
                        .or(() -> inside(Json.of(layer.kind().config(layer))));
                if (trouble.isPresent()) {
                    return Optional.of(KerasFile.refused(
                            entry.first(),
                            layer.className() + " cannot be written as .h5, because Keras 3 reads it wrongly: "
                                    + trouble.get(),
                            "Write a .keras file instead."));
                }
            }
        }
        return Optional.empty();
    }

    /** The trouble with an operation that is a layer of a model among settings. */
    private static Optional<String> inside(Json settings) {
        if (settings.isList()) {
            return first(settings.items().stream());
        }
        if (!settings.isObject()) {
            return Optional.empty();
        }
        return settings.find("layers")
                .filter(Json::isList)
                .flatMap(layers -> layers.items().stream()
                        .flatMap(layer -> FileLayer.kind(layer).stream())
                        .filter(Kind::isOperation)
                        .flatMap(kind -> kind.hdf5Trouble(kind.standard(), true).stream())
                        .findFirst())
                .or(() -> first(settings.keys().stream().flatMap(key -> settings.find(key).stream())));
    }

    private static Optional<String> first(Stream<Json> parts) {
        return parts.map(HdfTrouble::inside).flatMap(Optional::stream).findFirst();
    }
}
