package org.netsplice.predict;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVRecord;

/**
 * The beginning of a table.
 *
 * @param top the cells of the first row; empty when there is none
 * @param names of the columns; numbers from 1 where the first row holds no text, and for columns without a name
 * @param texts the columns, counted from 0, that hold a text in the first row of data
 */
record TableHead(List<String> top, List<String> names, List<Integer> texts) {

    /** Reads the first rows of a table. */
    static TableHead of(Path file) {
        try (CsvText text = CsvText.open(file)) {
            Optional<CSVRecord> first = text.next();
            Optional<CSVRecord> second = text.next();
            List<String> top = first.map(CSVRecord::toList).orElse(List.of());
            boolean header = top.stream().anyMatch(text::isText);
            List<String> names = new ArrayList<>();
            for (String name : top) {
                names.add(header && !name.isEmpty() ? name : String.valueOf(names.size() + 1));
            }
            Optional<CSVRecord> example = second.or(() -> first);
            List<Integer> texts = IntStream.range(0, top.size())
                    .filter(column -> text.isText(CsvText.cell(example.orElseThrow(), column)))
                    .boxed()
                    .toList();
            return new TableHead(top, names, texts);
        }
    }

    /**
     * As many columns as are needed, counted from 0, found by leaving out those with texts, then those with certain names, or a single last one too
     * many; empty when nothing of this gives the number.
     *
     * @param others lower-case names of columns that hold no data
     */
    Optional<List<Integer>> without(List<String> others, int needed) {
        List<Integer> all = IntStream.range(0, top.size()).boxed().toList();
        List<Integer> numeric =
                all.stream().filter(column -> !texts.contains(column)).toList();
        List<Integer> data = numeric.stream()
                .filter(column -> !others.contains(top.get(column).toLowerCase(Locale.ROOT)))
                .toList();
        return Stream.of(numeric, data, all.subList(0, Math.max(0, all.size() - 1)))
                .filter(columns -> !columns.isEmpty() && columns.size() == needed)
                .findFirst();
    }
}
