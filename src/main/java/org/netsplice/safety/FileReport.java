package org.netsplice.safety;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.netsplice.config.Json;
import org.netsplice.container.Guard;
import org.netsplice.edit.Document;
import org.netsplice.format.Contents;
import org.netsplice.format.Formats;
import org.netsplice.problem.Printable;
import org.netsplice.work.Progress;

/**
 * What a file holds, what of it was left out, and which code it would have run in the program that it is made for.
 *
 * @param file its name
 * @param bytes its length
 * @param sha256 its digest, 64 hexadecimal digits
 * @param contents what wrote it, and its parts
 * @param unread parts that are not read, each with the reason
 * @param untrusted what is kept but neither computed nor run, a sentence each
 * @param code what other programs would run when they open the file, a sentence each
 */
public record FileReport(
        String file,
        long bytes,
        String sha256,
        Contents contents,
        List<String> unread,
        List<String> untrusted,
        List<String> code) {
    private static final int LISTED = 20;
    private static final int BLOCK = 1 << 16;

    /** Reads a file again from its beginning to its end. {@code document} is what it was opened as. */
    public static FileReport of(Formats formats, Path path, Document document, Progress progress) {
        progress.at(0, "Looking into " + path.getFileName());
        List<String> unread = formats.unread(path);
        List<String> code = new ArrayList<>(ForeignCode.in(document));
        Contents contents = formats.contents(path);
        code.addAll(ForeignCode.in(contents));
        return new FileReport(
                String.valueOf(path.getFileName()),
                length(path),
                digest(path, progress),
                contents,
                unread,
                Untrusted.lines(document),
                List.copyOf(code));
    }

    private static long length(Path path) {
        try {
            return Files.size(path);
        } catch (IOException problem) {
            throw Guard.unreadable(String.valueOf(path.getFileName()), problem);
        }
    }

    private static String digest(Path path, Progress progress) {
        try (InputStream stream = Files.newInputStream(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] block = new byte[BLOCK];
            long whole = Math.max(1, Files.size(path));
            long read = 0;
            for (int count = stream.read(block); count >= 0; count = stream.read(block)) {
                digest.update(block, 0, count);
                read += count;
                progress.at((double) read / whole, "Computing the digest of " + path.getFileName());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException problem) {
            throw Guard.unreadable(String.valueOf(path.getFileName()), problem);
        } catch (NoSuchAlgorithmException problem) {
            throw new IllegalStateException("every Java has SHA-256", problem);
        }
    }

    /** Whether something in the file was left out, kept without being computed, or would have run elsewhere. */
    public boolean remarkable() {
        return !unread.isEmpty() || !code.isEmpty();
    }

    /** Lines about the file itself. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "file %s, %,d bytes, %s%s",
                Printable.name(file),
                bytes,
                contents.format(),
                contents.writer().isEmpty() ? "" : ", written by " + Printable.name(contents.writer())));
        lines.add("SHA-256 " + sha256);
        List<String> parts = contents.parts().stream()
                .map(part -> Printable.name(part.name())
                        + (part.bytes() < 0 ? "" : String.format(Locale.ROOT, ", %,d bytes", part.bytes())))
                .toList();
        shortened(parts).forEach(part -> lines.add("holds " + part));
        return lines;
    }

    /** Lines about what was left out, not computed, or would have run elsewhere. */
    public List<String> warnings() {
        List<String> lines = new ArrayList<>();
        shortened(unread).forEach(one -> lines.add("not read: " + Printable.text(one)));
        lines.addAll(untrusted);
        shortened(code).forEach(one -> lines.add("not run: " + one));
        return lines;
    }

    private static List<String> shortened(List<String> all) {
        List<String> some = new ArrayList<>(all.subList(0, Math.min(LISTED, all.size())));
        if (all.size() > LISTED) {
            some.add((all.size() - LISTED) + " more");
        }
        return some;
    }

    /** The report for people. */
    public String text() {
        List<String> lines = new ArrayList<>(lines());
        lines.addAll(warnings());
        if (code.isEmpty()) {
            lines.add("It holds no code that this program knows of.");
        }
        return String.join("\n", lines) + "\n";
    }

    /** The fields of the report for programs. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("file", file);
        fields.put("bytes", bytes);
        fields.put("sha256", sha256);
        fields.put("format", contents.format());
        fields.put("writer", contents.writer());
        List<Object> parts = new ArrayList<>();
        contents.parts().forEach(part -> {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("name", part.name());
            one.put("bytes", part.bytes() < 0 ? null : part.bytes());
            parts.add(one);
        });
        fields.put("holds", parts);
        fields.put("not_read", unread);
        fields.put("not_trusted", untrusted);
        fields.put("not_run", code);
        return fields;
    }

    /** The report for programs. */
    public String json() {
        return Json.of(fields()).pretty() + "\n";
    }
}
