package org.netsplice.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;
import org.netsplice.problem.Printable;

/**
 * Guards the terminal: of all that a command prints, only printable characters, tabs and ends of lines pass; others are written as
 * escapes. Single names and values are made printable where messages are put together, so that none of them can end a line.
 */
final class PrintableWriter extends FilterWriter {
    private static final char NONE = 0;
    /** The last character written, when it is half of a surrogate pair or a carriage return; what follows decides about it. */
    private char held = NONE;

    PrintableWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int c) throws IOException {
        write(String.valueOf((char) c), 0, 1);
    }

    @Override
    public void write(char[] characters, int from, int length) throws IOException {
        write(new String(characters, from, length), 0, length);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        String whole = (held == NONE ? "" : String.valueOf(held)) + text.substring(from, from + length);
        held = NONE;
        StringBuilder safe = new StringBuilder(whole.length());
        for (int i = 0; i < whole.length(); ) {
            int c = whole.codePointAt(i);
            i += Character.charCount(c);
            boolean last = i == whole.length();
            if (last && (c == '\r' || (c <= Character.MAX_VALUE && Character.isHighSurrogate((char) c)))) {
                held = (char) c;
            } else if (c == '\n' || c == '\t' || (c == '\r' && whole.charAt(i) == '\n')) {
                safe.append((char) c);
            } else {
                Printable.append(safe, c);
            }
        }
        out.write(safe.toString());
    }

    @Override
    public void flush() throws IOException {
        if (held != NONE) {
            StringBuilder safe = new StringBuilder();
            Printable.append(safe, held);
            held = NONE;
            out.write(safe.toString());
        }
        out.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
        out.close();
    }
}
