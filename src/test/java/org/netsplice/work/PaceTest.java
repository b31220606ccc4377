package org.netsplice.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong clock = new AtomicLong(5);
    private final Pace pace = new Pace(clock::get);

    private String after(double seconds, long rows, double share) {
        clock.addAndGet((long) (seconds * 1e9));
        return pace.add(rows, share).orElse("");
    }

    @Test
    void rowsRateAndTimeLeftAreToldFiveTimesASecond() {
        assertThat(after(0.1, 32, 0.001)).isEmpty();
        assertThat(after(0.9, 1_200, 0.25)).isEqualTo("1,200 rows, 1,200 a second, 3 s left");
        assertThat(after(0.1, 1_300, 0.3)).isEmpty();
        assertThat(after(8.9, 20_000, 0.01)).isEqualTo("20,000 rows, 2,000 a second, 17 min left");
        assertThat(after(90, 1_000_000, 0.01)).isEqualTo("1,000,000 rows, 10,000 a second, 2 h 45 min left");
        assertThat(after(900, 1_000_000, 1)).isEqualTo("1,000,000 rows, 1,000 a second");
    }
}
