package org.netsplice.export;

/** Makes text safe in tables of each format, so that a name in a file is shown and never acted upon. */
final class Escaping {
    private Escaping() {}

    /** A cell of CSV: quoted, and never read as a formula by a spreadsheet. */
    static String csv(String text) {
        String safe = text.matches("^[=+\\-@\\t\\r].+") && !text.matches("-?[0-9,.]+(e-?[0-9]+)?") ? "'" + text : text;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
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
}
