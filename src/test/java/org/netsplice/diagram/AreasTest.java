package org.netsplice.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AreasTest {
    private final double[] extents = {0, 1, 40, 3000, 500_000};

    @Property(tries = 500)
    void findsWhatLookingAtAllOfThemFinds(@ForAll long seed) {
        Random random = new Random(seed);
        double width = extents[random.nextInt(extents.length)];
        double height = extents[random.nextInt(extents.length)];
        List<Rect> all = new ArrayList<>();
        for (int i = random.nextInt(300); i > 0; i--) {
            boolean stretched = random.nextInt(10) == 0;
            all.add(new Rect(
                    (random.nextDouble() - 0.5) * width,
                    (random.nextDouble() - 0.5) * height,
                    random.nextDouble() * (stretched ? width : 30),
                    random.nextDouble() * (stretched ? height : 30)));
        }
        Areas areas = new Areas(all);
        for (int i = 0; i < 20; i++) {
            Rect seen = new Rect(
                    (random.nextDouble() - 0.6) * width * 1.5,
                    (random.nextDouble() - 0.6) * height * 1.5,
                    random.nextDouble() * width,
                    random.nextDouble() * height);
            BitSet expected = new BitSet();
            for (int number = 0; number < all.size(); number++) {
                expected.set(number, all.get(number).meets(seen));
                assertThat(areas.get(number)).isEqualTo(all.get(number));
            }
            assertThat(areas.in(seen)).isEqualTo(expected);
        }
    }
}
