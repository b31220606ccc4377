package org.netsplice.export;

import java.util.Locale;

/** Makes text safe in tables of each format, so that a name in a file is shown and never acted upon. */
final class Escaping {
    private Escaping() {}

    /** A cell of CSV: quoted, and never read as a formula by a spreadsheet. */
    static String csv(String text) {
        String safe = text.matches("^[=+\\-@\\t\\r].+") && !text.matches("-?[0-9,.]+(e-?[0-9]+)?") ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }

    /** A cell between tabs, never read as a formula by a spreadsheet. */
    static String tabs(String text) {
        String cell = csv(text.replaceAll("\\s", " "));
        return cell.substring(1, cell.length() - 1).replace("\"\"", "\"");
    }

    /** A cell of a Markdown table. */
    static String markdown(String text) {
        return text.replaceAll("([\\\\`*_{}\\[\\]<>#|~])", "\\\\$1")
                .replaceAll("\\R", " ")
                .strip();
    }

    /** Text of an HTML page. */
    static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Text of a LaTeX table; {@code └} becomes an indentation. */
    static String latex(String text) {
        StringBuilder safe = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> safe.append("\\textbackslash{}");
                case '~' -> safe.append("\\textasciitilde{}");
                case '^' -> safe.append("\\textasciicircum{}");
                case '#', '$', '%', '&', '_', '{', '}' -> safe.append('\\').append(c);
                case '└' -> safe.append("\\quad ");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    /**
     * Text of a TeX document in ASCII. Accented letters, which have the same numbers in the encoding T1, become {@code \symbol}, other
     * characters {@code \sign} with their number.
     */
    static String tex(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> safe.append("\\textbackslash{}");
                case '~' -> safe.append("\\textasciitilde{}");
                case '^' -> safe.append("\\textasciicircum{}");
                case '#', '$', '%', '&', '_', '{', '}' -> safe.append('\\').appendCodePoint(c);
                case '\'' -> safe.append("\\textquotesingle{}");
                case '`' -> safe.append("\\textasciigrave{}");
                case '"' -> safe.append("\\textquotedbl{}");
                case '-', ',', '<', '>', '!', '?' -> safe.appendCodePoint(c).append("{}");
                case '…' -> safe.append("\\ldots{}");
                case '×' -> safe.append("\\texttimes{}");
                case '·' -> safe.append("\\textperiodcentered{}");
                case ' ' -> safe.append("\\ ");
                default -> {
                    if (c > ' ' && c < 0x7F) {
                        safe.appendCodePoint(c);
                    } else if (c >= 0xC0 && c < 0xFF && c != '×' && c != 'ß' && c != '÷') {
                        safe.append(String.format(Locale.ROOT, "\\symbol{\"%02X}", c));
                    } else {
                        safe.append(String.format(Locale.ROOT, "\\sign{%04X}", c));
                    }
                }
            }
        });
        return safe.toString();
    }

    /** A text of one line whose characters beyond ASCII are question marks, for comments. */
    static String ascii(String text) {
        return text.replaceAll("[^ -~]", "?");
    }
}
