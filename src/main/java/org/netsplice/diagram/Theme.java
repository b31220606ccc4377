package org.netsplice.diagram;

import java.util.List;

/**
 * The colours of a picture, 0xAARRGGBB; every text has a contrast of at least 4.5 : 1 to its ground.
 *
 * @param frames tints of networks, used in turn: border and title; their inside is the same colour, nearly transparent
 */
public record Theme(
        int background,
        int dots,
        int box,
        int border,
        int text,
        int quiet,
        int headerText,
        int wire,
        int accent,
        int error,
        int warning,
        int input,
        Families families,
        int opaque,
        int nested,
        int pill,
        List<Integer> frames) {
    /** The headers of layers; white text on each has a contrast of at least 4.5 : 1. */
    public record Families(
            int convolution,
            int pooling,
            int normalization,
            int activation,
            int recurrent,
            int attention,
            int core,
            int merge,
            int other) {}

    public static final Theme LIGHT = new Theme(
            0xFFFFFFFF,
            0xFFE3E6EA,
            0xFFFFFFFF,
            0xFF8C959F,
            0xFF1F2328,
            0xFF656D76,
            0xFFFFFFFF,
            0xFF57606A,
            0xFF0969DA,
            0xFFCF222E,
            0xFF9A6700,
            0xFF57606A,
            new Families(
                    0xFF0550AE,
                    0xFF1A7037,
                    0xFF0A6A75,
                    0xFF8E3A8A,
                    0xFF6639BA,
                    0xFFB3243A,
                    0xFF5A6210,
                    0xFF8A4600,
                    0xFF4D5866),
            0xFF6E7781,
            0xFF3D4E63,
            0xFFEAEEF2,
            List.of(0xFF218BFF, 0xFF8250DF, 0xFF1A7F37, 0xFFBF3989, 0xFFBC4C00, 0xFF0A7E8C));

    public static final Theme DARK = new Theme(
            0xFF0D1117,
            0xFF21262D,
            0xFF161B22,
            0xFF6E7681,
            0xFFE6EDF3,
            0xFF9198A1,
            0xFFFFFFFF,
            0xFF9198A1,
            0xFF4493F8,
            0xFFF85149,
            0xFFD29922,
            0xFF484F58,
            new Families(
                    0xFF1158C7,
                    0xFF237A3B,
                    0xFF0E7480,
                    0xFF93409A,
                    0xFF7048C8,
                    0xFFB62F44,
                    0xFF66701C,
                    0xFF845306,
                    0xFF4A535E),
            0xFF545D68,
            0xFF37475A,
            0xFF30363D,
            List.of(0xFF4493F8, 0xFFA371F7, 0xFF3FB950, 0xFFDB61A2, 0xFFDB6D28, 0xFF39C5CF));

    /** White on black, with strong borders. */
    public static final Theme CONTRAST = new Theme(
            0xFF000000,
            0xFF000000,
            0xFF000000,
            0xFFFFFFFF,
            0xFFFFFFFF,
            0xFFFFFFFF,
            0xFFFFFFFF,
            0xFFFFFFFF,
            0xFFFFE600,
            0xFFFF8080,
            0xFF8A4600,
            0xFF303030,
            new Families(
                    0xFF003C8F,
                    0xFF00501E,
                    0xFF00525C,
                    0xFF6A1B6A,
                    0xFF4A1E9E,
                    0xFF8A0F24,
                    0xFF4A5200,
                    0xFF6B3500,
                    0xFF303030),
            0xFF303030,
            0xFF303030,
            0xFF303030,
            List.of(0xFF6CB6FF, 0xFFC297FF, 0xFF56D364, 0xFFFF8AC4, 0xFFFFA657, 0xFF56E0E8));

    /** For paper: dark text on pale colours that differ when they are printed. */
    public static final Theme PAPER = new Theme(
            0xFFFFFFFF,
            0xFFFFFFFF,
            0xFFFFFFFF,
            0xFF555555,
            0xFF000000,
            0xFF4A4A4A,
            0xFF000000,
            0xFF333333,
            0xFF0550AE,
            0xFFA40E26,
            0xFF7D4E00,
            0xFFE2E5E9,
            new Families(
                    0xFFBFDCF5,
                    0xFFC9E6C4,
                    0xFFC3E4E8,
                    0xFFF0CFE6,
                    0xFFDACFF2,
                    0xFFF6C9CC,
                    0xFFE9E7B5,
                    0xFFF9D9B4,
                    0xFFDDE1E6),
            0xFFCCCCCC,
            0xFFD3DAE3,
            0xFFEEEEEE,
            List.of(0xFF8DB9F0, 0xFFC0A4EE, 0xFF8FCFA0, 0xFFEFA5CB, 0xFFF2B279, 0xFF86CDD6));

    /** White or black, whichever is easier to read on a ground: the contrast is at least 4.5 : 1 (relative luminance of WCAG 2.1). */
    public static int on(int ground) {
        double luminance = 0.2126 * linear(ground >> 16 & 255)
                + 0.7152 * linear(ground >> 8 & 255)
                + 0.0722 * linear(ground & 255);
        return luminance > 0.179 ? 0xFF000000 : 0xFFFFFFFF;
    }

    private static double linear(int channel) {
        double value = channel / 255.0;
        return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    /** The colour of a network; every index has one. */
    public int frame(int index) {
        return frames.get(Math.floorMod(index, frames.size()));
    }

    /** The colour of a header. */
    public int tint(Label.Tint tint) {
        return switch (tint) {
            case INPUT -> input;
            case OPAQUE -> opaque;
            case NESTED -> nested;
            case CONVOLUTION -> families.convolution();
            case POOLING -> families.pooling();
            case NORMALIZATION -> families.normalization();
            case ACTIVATION -> families.activation();
            case RECURRENT -> families.recurrent();
            case ATTENTION -> families.attention();
            case CORE -> families.core();
            case MERGE -> families.merge();
            case OTHER -> families.other();
        };
    }
}
