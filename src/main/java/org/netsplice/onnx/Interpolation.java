package org.netsplice.onnx;

/**
 * How the cells of a line are made of those of another. Source: the operator Resize in ONNX' specification.
 *
 * @param from cells of the line that is read
 * @param to cells of the line that is made
 * @param scale how much longer it is, not rounded
 */
record Interpolation(
        String mode,
        String place,
        String round,
        double cubic,
        boolean excludes,
        boolean smooths,
        long from,
        long to,
        double scale) {

    static Interpolation of(Call call, boolean old, long from, long to, double scale) {
        String place = call.text("coordinate_transformation_mode", old ? "asymmetric" : "half_pixel");
        if (place.equals("tf_crop_and_resize")) {
            throw new Untranslatable("it crops and resizes at once");
        }
        return new Interpolation(
                call.text("mode", "nearest"),
                place,
                call.text("nearest_mode", old ? "floor" : "round_prefer_floor"),
                call.real("cubic_coeff_a", -0.75f),
                call.integer("exclude_outside", 0) != 0,
                call.integer("antialias", 0) != 0 && scale < 1,
                from,
                to,
                scale);
    }

    /** The share of each cell read (rows) in each cell made (columns). */
    float[] matrix() {
        float[] shares = new float[Math.toIntExact(Math.multiplyExact(from, to))];
        for (int cell = 0; cell < to; cell++) {
            double at = at(cell);
            if (mode.equals("nearest")) {
                long nearest = Math.min(Math.max(rounded(at), 0), from - 1);
                shares[Math.toIntExact(nearest * to + cell)] = 1;
            } else {
                spread(shares, cell, at);
            }
        }
        return shares;
    }

    private double at(int cell) {
        return switch (place) {
            case "asymmetric" -> cell / scale;
            case "align_corners" -> to == 1 ? 0 : cell * (from - 1.0) / (to - 1);
            case "pytorch_half_pixel" -> to > 1 ? (cell + 0.5) / scale - 0.5 : 0;
            case "half_pixel_symmetric" -> {
                double whole = scale * from;
                double shift = from / 2.0 * (1 - to / whole);
                yield shift + (cell + 0.5) / scale - 0.5;
            }
            case "tf_half_pixel_for_nn" -> (cell + 0.5) / scale;
            default -> (cell + 0.5) / scale - 0.5;
        };
    }

    private long rounded(double at) {
        double whole = Math.rint(at);
        double near = Math.abs(at - whole) < 1e-9 ? whole : at;
        return (long)
                switch (round) {
                    case "floor" -> Math.floor(near);
                    case "ceil" -> Math.ceil(near);
                    case "round_prefer_ceil" -> Math.floor(near + 0.5);
                    default -> Math.ceil(near - 0.5);
                };
    }

    private double reach() {
        double own = mode.equals("cubic") ? 2 : 1;
        return smooths ? own / scale : own;
    }

    private void spread(float[] shares, int cell, double at) {
        double stretch = smooths ? scale : 1;
        long first = (long) Math.floor(at - reach()) + 1;
        long last = (long) Math.ceil(at + reach()) - 1;
        double sum = 0;
        for (long i = first; i <= last; i++) {
            boolean outside = i < 0 || i >= from;
            sum += outside && excludes ? 0 : weight((at - i) * stretch);
        }
        for (long i = first; i <= last; i++) {
            boolean outside = i < 0 || i >= from;
            if (outside && excludes) {
                continue;
            }
            long place = Math.min(Math.max(i, 0), from - 1);
            double share = weight((at - i) * stretch) / (excludes || smooths ? sum : 1);
            shares[Math.toIntExact(place * to + cell)] += (float) share;
        }
    }

    private double weight(double distance) {
        double d = Math.abs(distance);
        if (!mode.equals("cubic")) {
            return Math.max(0, 1 - d);
        }
        double a = cubic;
        if (d <= 1) {
            return ((a + 2) * d - (a + 3)) * d * d + 1;
        }
        return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
    }
}
