package org.netsplice.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Widths in cells, and what becomes of words that are too long. */
class CellsTest {

    @Test
    void wideCharactersTakeTwoCells() {
        assertThat(Cells.width("couche été")).isEqualTo(10);
        assertThat(Cells.width("层")).isEqualTo(2);
        assertThat(Cells.width("e\u0301")).isEqualTo(1);
        assertThat(Cells.width("🙂")).isEqualTo(2);
        assertThat(Cells.cut("层层层", 5)).isEqualTo("层层…");
        assertThat(Cells.cut("层层层", 4)).isEqualTo("层…");
        assertThat(Cells.cut("abcdef", 4)).isEqualTo("abc…");
        assertThat(Cells.cut("abcd", 4)).isEqualTo("abcd");
    }

    @Test
    void longWordsAreCutAndOthersGoOnInTheNextLine() {
        Columns table = new Columns(List.of(10), List.of(Columns.Align.LEFT), 12);
        table.rows(List.of(List.of("a_very_long_name (Dense) of it")));
        assertThat(table.finished()).isEqualTo("""
                        │ a_very_… │
                        │ (Dense)  │
                        │ of it    │
                        └──────────┘
                        """);
    }
}
