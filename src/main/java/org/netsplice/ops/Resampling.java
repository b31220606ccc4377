package org.netsplice.ops;

/** Resizes images (batch, height, width, channels) as TensorFlow's image operations do, with half-pixel centres. */
public final class Resampling {
    private static final int TABLE = 1024;
    private static final double CUBIC = -0.5;

    /** The interpolation. */
    public enum Method {
        /** The nearest cell. */
        NEAREST(1),
        /** Linear in both directions. */
        BILINEAR(1),
        /** The cubic kernel of Keys with a = −0.5. */
        BICUBIC(2),
        /** Lanczos with radius 3. */
        LANCZOS3(3),
        /** Lanczos with radius 5. */
        LANCZOS5(5),
        /** A Gaussian with three standard deviations in 1.5 cells. This and the following are in Keras 2 only. */
        GAUSSIAN(1.5),
        /** The cubic kernel of Mitchell and Netravali. */
        MITCHELLCUBIC(2),
        /** The mean of the area that a cell covers. */
        AREA(1);

        private final double radius;

        Method(double radius) {
            this.radius = radius;
        }

        private double kernel(double x) {
            return switch (this) {
                case NEAREST, AREA -> 1;
                case BILINEAR -> Math.max(0, 1 - Math.abs(x));
                case BICUBIC -> cubic(x);
                case LANCZOS3, LANCZOS5 -> lanczos(x, radius);
                case GAUSSIAN -> Math.abs(x) >= radius ? 0 : Math.exp(-x * x / (2 * (radius / 3) * (radius / 3)));
                case MITCHELLCUBIC -> mitchell(Math.abs(x));
            };
        }
    }

    private Resampling() {}

    /**
     * An image of another size.
     *
     * @param antialias whether kernels widen when the image becomes smaller
     */
    public static Array resize(Array x, int height, int width, Method method, boolean antialias) {
        Array.require(x.rank() == 4 && height > 0 && width > 0, "resize " + x);
        return along(along(x, 1, height, method, antialias), 2, width, method, antialias);
    }

    private static Array along(Array x, int axis, int size, Method method, boolean antialias) {
        int in = (int) x.size(axis);
        if (in == size) {
            return x;
        }
        double[][] weights = new double[size][];
        return weighted(x, axis, weigh(in, weights, method, antialias), weights);
    }

    /** The matrix (size, in) that makes {@code size} cells of {@code in}, row by row. */
    public static double[] matrix(int in, int size, Method method, boolean antialias) {
        double[][] weights = new double[size][];
        int[] starts = weigh(in, weights, method, antialias);
        double[] matrix = new double[Math.multiplyExact(size, in)];
        for (int i = 0; i < size; i++) {
            System.arraycopy(weights[i], 0, matrix, i * in + starts[i], weights[i].length);
        }
        return matrix;
    }

    /** Fills in what each new cell takes of those before, and returns the first of them. */
    private static int[] weigh(int in, double[][] weights, Method method, boolean antialias) {
        int size = weights.length;
        int[] starts = new int[size];
        double scale = (double) in / size;
        for (int i = 0; i < size; i++) {
            if (method == Method.NEAREST) {
                starts[i] = Math.min((int) Math.floor((i + 0.5f) * (float) scale), in - 1);
                weights[i] = new double[] {1};
            } else if (method == Method.AREA) {
                starts[i] = area(i, in, (float) scale, weights);
            } else if (method == Method.BICUBIC && !antialias) {
                starts[i] = tabled(i, in, scale, weights);
            } else {
                starts[i] = kernel(i, in, scale, method, antialias, weights);
            }
        }
        return starts;
    }

    /**
     * As the scale-and-translate operation: every cell within the kernel's radius, weights summing to 1. The bilinear operation, which
     * widens no kernels, is this one with places in float32.
     */
    private static int kernel(int i, int in, double scale, Method method, boolean antialias, double[][] weights) {
        double stretch = antialias ? Math.max(scale, 1) : 1;
        boolean single = method == Method.BILINEAR && !antialias;
        double centre = single ? (i + 0.5f) * (float) scale : (i + 0.5) * scale;
        int start = (int) Math.max(0, Math.ceil(centre - method.radius * stretch - 0.5));
        int end = (int) Math.min(in, Math.floor(centre + method.radius * stretch - 0.5) + 1);
        double[] own = new double[Math.max(1, end - start)];
        double sum = 0;
        for (int k = 0; k < end - start; k++) {
            own[k] = method.kernel((start + k + 0.5 - centre) / stretch);
            sum += own[k];
        }
        for (int k = 0; k < own.length; k++) {
            own[k] /= sum;
        }
        weights[i] = own;
        return start;
    }

    /** As the area operation: each cell weighs as much as the part of it that is covered, in float32 as there. */
    private static int area(int i, int in, float scale, double[][] weights) {
        float from = i * scale;
        float to = (i + 1) * scale;
        int start = Math.min((int) Math.floor(from), in - 1);
        int end = (int) Math.ceil(to);
        double[] own = new double[Math.max(1, Math.min(end, in) - start)];
        for (int k = (int) Math.floor(from); k < end; k++) {
            float covered = k < from ? (k + 1 > to ? scale : k + 1 - from) : k + 1 > to ? to - k : 1;
            own[Math.min(k - start, own.length - 1)] += covered / scale;
        }
        weights[i] = own;
        return start;
    }

    /** As the bicubic operation: four cells, with weights from a table of 1,024 steps; cells outside get none. */
    private static int tabled(int i, int in, double scale, double[][] weights) {
        float at = ((i + 0.5f) * (float) scale) - 0.5f;
        int first = (int) Math.floor(at);
        int offset = Math.round((at - first) * TABLE);
        double step = (double) offset / TABLE;
        double[] all = {outer(step), inner(step), inner(1 - step), outer(1 - step)};
        int start = Math.max(0, first - 1);
        int end = Math.min(in, first + 3);
        double[] own = new double[end - start];
        double sum = 0;
        for (int k = start; k < end; k++) {
            own[k - start] = all[k - first + 1];
            sum += own[k - start];
        }
        for (int k = 0; k < own.length; k++) {
            own[k] /= sum;
        }
        weights[i] = own;
        return start;
    }

    private static double inner(double x) {
        return ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1;
    }

    private static double outer(double step) {
        double x = step + 1;
        return ((CUBIC * x - 5 * CUBIC) * x + 8 * CUBIC) * x - 4 * CUBIC;
    }

    private static double cubic(double x) {
        double distance = Math.abs(x);
        return distance >= 2 ? 0 : distance >= 1 ? outer(distance - 1) : inner(distance);
    }

    /** The piecewise cubic of Mitchell and Netravali with B = C = 1/3. */
    private static double mitchell(double x) {
        return x >= 2
                ? 0
                : x >= 1 ? ((-7.0 / 18 * x + 2) * x - 10.0 / 3) * x + 16.0 / 9 : (7.0 / 6 * x - 2) * x * x + 8.0 / 9;
    }

    private static double lanczos(double x, double radius) {
        double distance = Math.abs(x);
        if (distance > radius) {
            return 0;
        }
        double angle = Math.PI * distance;
        return distance <= 1e-3 ? 1 : radius * Math.sin(angle) * Math.sin(angle / radius) / (angle * angle);
    }

    private static Array weighted(Array x, int axis, int[] starts, double[][] weights) {
        double[] source = x.doubles();
        int inner = 1;
        for (int i = axis + 1; i < x.rank(); i++) {
            inner *= (int) x.size(i);
        }
        int in = (int) x.size(axis);
        int outer = source.length / in / inner;
        double[] values = new double[Math.multiplyExact(outer * starts.length, inner)];
        for (int row = 0; row < outer; row++) {
            for (int i = 0; i < starts.length; i++) {
                for (int cell = 0; cell < inner; cell++) {
                    double sum = 0;
                    for (int k = 0; k < weights[i].length; k++) {
                        sum += weights[i][k] * source[(row * in + starts[i] + k) * inner + cell];
                    }
                    values[(row * starts.length + i) * inner + cell] = sum;
                }
            }
        }
        long[] sizes = x.sizes().clone();
        sizes[axis] = starts.length;
        return Tape.note(
                "resize", Array.like(x, values, sizes), Tape.share(x, g -> spread(g, axis, in, starts, weights)));
    }

    /** The gradient of what was {@link #weighted}: every cell gets its weights back. */
    private static Array spread(Array gradient, int axis, int in, int[] starts, double[][] weights) {
        double[] source = gradient.doubles();
        int inner = 1;
        for (int i = axis + 1; i < gradient.rank(); i++) {
            inner *= (int) gradient.size(i);
        }
        long[] sizes = gradient.sizes().clone();
        sizes[axis] = in;
        double[] sums = new double[source.length / starts.length * in];
        for (int at = 0; at < source.length; at++) {
            int i = at / inner % starts.length;
            int first = at / inner / starts.length * in + starts[i];
            for (int k = 0; k < weights[i].length; k++) {
                sums[(first + k) * inner + at % inner] += weights[i][k] * source[at];
            }
        }
        return Array.like(gradient, sums, sizes);
    }
}
