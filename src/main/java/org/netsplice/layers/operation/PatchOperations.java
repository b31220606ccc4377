package org.netsplice.layers.operation;

import java.util.List;
import org.netsplice.graph.Layer;
import org.netsplice.graph.Shape;
import org.netsplice.layers.kind.Kind;
import org.netsplice.layers.kind.Parameter;
import org.netsplice.layers.kind.Parameters;
import org.netsplice.layers.kind.Shapes;
import org.netsplice.ops.Arranging;
import org.netsplice.ops.Array;

/** Images (batch, channels, height, width) to patches (batch, channels · cells, patches), and back. */
final class PatchOperations {
    static final List<Operation.Definition> ALL = List.of(unfold(), fold());

    private PatchOperations() {}

    /** How patches lie in an image (batch, channels, height, width), each number for rows and for columns. */
    private record Patches(List<Integer> kernel, List<Integer> dilation, List<Integer> padding, List<Integer> stride) {
        static Patches of(Parameters with) {
            return new Patches(
                    with.sizes("kernel_size", 2, 1),
                    with.sizes("dilation", 2, 1),
                    with.sizes("padding", 2, 0),
                    with.sizes("stride", 2, 1));
        }

        long count(long size, int direction) {
            long reach = (long) dilation.get(direction) * (kernel.get(direction) - 1) + 1;
            long count = (size + 2L * padding.get(direction) - reach) / stride.get(direction) + 1;
            if (count < 1) {
                throw new Layer.Misfit("takes patches of " + reach + " cells of " + size, "");
            }
            return count;
        }

        long cells() {
            return (long) kernel.get(0) * kernel.get(1);
        }

        /** The row or column of a patch's cell; it may lie in the padding. */
        int at(int patch, int cell, int direction) {
            return patch * stride.get(direction) + cell * dilation.get(direction) - padding.get(direction);
        }
    }

    private static Shape unfolded(Shape image, Patches patches) {
        if (image.rank() != 4) {
            throw new Layer.Misfit("needs images (batch, channels, height, width), received " + image, "");
        }
        long count = Shapes.times(patches.count(Shapes.known(image, 2), 0), patches.count(Shapes.known(image, 3), 1));
        return Shape.of(image.size(0))
                .plus(Shapes.times(Shapes.known(image, 1), patches.cells()))
                .plus(count);
    }

    private static Operation.Definition unfold() {
        return new Operation.Definition(
                "Unfold",
                "The patches of images, each as a column of numbers.",
                Parameter.values("input"),
                new Kind.Example("kernel_size=2", "(None, 1, 3, 3)"),
                given -> List.of(given.first().with(unfolded(given.first().shape(), Patches.of(given.with())))),
                given -> {
                    Array x = given.first();
                    Patches patches = Patches.of(given.with());
                    int columns = (int) patches.count(x.size(3), 1);
                    int width = patches.kernel().get(1);
                    return List.of(Arranging.picked(
                            x,
                            cell -> {
                                int row = patches.at(
                                        cell[2] / columns,
                                        cell[1] / width % patches.kernel().get(0),
                                        0);
                                int column = patches.at(cell[2] % columns, cell[1] % width, 1);
                                boolean outside = row < 0 || column < 0 || row >= x.size(2) || column >= x.size(3);
                                int channel = cell[1] / (int) patches.cells();
                                return outside ? -1 : Arranging.place(x.sizes(), cell[0], channel, row, column);
                            },
                            unfolded(Shape.of(x.sizes()), patches).sizes()));
                });
    }

    private static Shape folded(Shape columns, Parameters with) {
        Patches patches = Patches.of(with);
        List<Integer> size = with.sizes("output_size", 2, 1);
        Shape image = Shape.of(columns.size(0))
                .plus(Shapes.known(columns, 1) / patches.cells())
                .plus(size.get(0))
                .plus(size.get(1));
        if (columns.rank() != 3 || !unfolded(image, patches).accepts(columns)) {
            throw new Layer.Misfit("cannot put the patches " + columns + " into " + image, "");
        }
        return image;
    }

    private static Operation.Definition fold() {
        return new Operation.Definition(
                "Fold",
                "Images of patches; where patches overlap, they are added.",
                Parameter.values("x"),
                new Kind.Example("output_size=[3, 3], kernel_size=2", "(None, 4, 4)"),
                given -> List.of(given.first().with(folded(given.first().shape(), given.with()))),
                given -> {
                    Array x = given.first();
                    Patches patches = Patches.of(given.with());
                    long[] sizes = folded(Shape.of(x.sizes()), given.with()).sizes();
                    int columns = (int) patches.count(sizes[3], 1);
                    int[] places = new int[(int) x.length()];
                    int count = (int) x.size(2);
                    for (int i = 0; i < places.length; i++) {
                        int patch = i % count;
                        int cell = i / count % (int) patches.cells();
                        int row = patches.at(
                                patch / columns, cell / patches.kernel().get(1), 0);
                        int column = patches.at(
                                patch % columns, cell % patches.kernel().get(1), 1);
                        int channel = i / count / (int) patches.cells();
                        boolean inside = row >= 0 && column >= 0 && row < sizes[2] && column < sizes[3];
                        places[i] = inside ? (int) ((channel * sizes[2] + row) * sizes[3]) + column : -1;
                    }
                    return List.of(Arranging.summed(x, places, sizes));
                });
    }
}
