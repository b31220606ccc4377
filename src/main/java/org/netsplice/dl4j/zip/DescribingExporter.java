package org.netsplice.dl4j.zip;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.netsplice.container.AtomicFile;
import org.netsplice.edit.Document;
import org.netsplice.format.Exporter;
import org.netsplice.problem.Problem;
import org.netsplice.work.Progress;

/** Writes zips as another exporter does, and adds what DL4J does not store, so that they open again as they were. */
public final class DescribingExporter implements Exporter {
    private final Exporter plain;

    /** Adds to what this exporter writes. */
    public DescribingExporter(Exporter plain) {
        this.plain = plain;
    }

    @Override
    public String extension() {
        return plain.extension();
    }

    @Override
    public String description() {
        return plain.description();
    }

    @Override
    public List<Problem> write(Document document, Path path, Progress progress) {
        List<Problem> problems = plain.write(document, path, progress.part(0, 0.9));
        byte[] description = Description.of(document).toString().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(path, out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            zip.setLevel(Deflater.BEST_SPEED);
            copy(path, zip);
            zip.putNextEntry(new ZipEntry(Description.ENTRY));
            zip.write(description);
            zip.closeEntry();
            zip.finish();
        });
        return problems;
    }

    private static void copy(Path from, ZipOutputStream to) throws IOException {
        try (ZipInputStream written = new ZipInputStream(new BufferedInputStream(Files.newInputStream(from)))) {
            for (ZipEntry entry = written.getNextEntry(); entry != null; entry = written.getNextEntry()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                written.transferTo(to);
                to.closeEntry();
            }
        }
    }
}
