package org.netsplice.editor.recipe;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.netsplice.editor.recipe.Pieces.Piece;
import org.netsplice.graph.Node;

/** Finds pieces of a network, or several in a row, that are repeated at once. */
final class Runs {
    private static final int MAX_PERIOD = 64;

    private final List<Piece> pieces;
    private final int[] kinds;

    private Runs(List<Piece> pieces) {
        this.pieces = pieces;
        Map<Object, Integer> known = new HashMap<>();
        kinds = pieces.stream()
                .mapToInt(piece -> known.computeIfAbsent(piece.kind(), key -> known.size()))
                .toArray();
    }

    /** Pieces in a row: blocks of {@code period} pieces each that are alike, or one piece. */
    record Run(List<Piece> pieces, int period) {

        int times() {
            return pieces.size() / period;
        }

        List<Node> nodes() {
            return pieces.stream().flatMap(piece -> piece.nodes().stream()).toList();
        }

        /** The pieces of each block. */
        List<List<Piece>> blocks() {
            List<List<Piece>> blocks = new ArrayList<>();
            for (int from = 0; from < pieces.size(); from += period) {
                blocks.add(pieces.subList(from, from + period));
            }
            return blocks;
        }
    }

    /** All pieces in order, those that repeat together; a run has at least {@code least} and fewer than {@code most} layers. */
    static List<Run> of(List<Piece> pieces, int least, int most) {
        return new Runs(pieces).runs(least, most);
    }

    private List<Run> runs(int least, int most) {
        List<Run> runs = new ArrayList<>();
        int at = 0;
        while (at < kinds.length) {
            Stretch found = turned(best(at));
            Run run = found.count() == 0
                    ? new Run(List.of(), 1)
                    : new Run(pieces.subList(found.from(), found.from() + found.count()), found.period());
            int layers = run.nodes().size();
            boolean worth = layers >= least && layers < most;
            int until = worth ? found.from() : at + 1;
            for (; at < until; at++) {
                runs.add(new Run(pieces.subList(at, at + 1), 1));
            }
            if (worth) {
                runs.add(run);
                at += found.count();
            }
        }
        return runs;
    }

    /** Pieces from a place on that repeat with a period; none when the count is 0. */
    private record Stretch(int from, int count, int period) {}

    private Stretch best(int at) {
        Stretch best = new Stretch(at, 0, 1);
        for (int period = 1; period <= Math.min(MAX_PERIOD, (kinds.length - at) / 2); period++) {
            int covered = covered(at, period);
            if (covered > best.count()) {
                best = new Stretch(at, covered, period);
            }
        }
        return best;
    }

    /** How many pieces from a place on are whole periods that are alike; 0 when there is only one. */
    private int covered(int at, int period) {
        int same = 0;
        while (at + period + same < kinds.length && kinds[at + same] == kinds[at + period + same]) {
            same++;
        }
        return same >= period ? (same / period + 1) * period : 0;
    }

    /** As many blocks, begun where the names inside of each block have most in common. */
    private Stretch turned(Stretch found) {
        Stretch best = found;
        int most = -1;
        for (int from = found.from(); from < found.from() + found.period(); from++) {
            if (covered(from, found.period()) < found.count()) {
                continue;
            }
            int common = 0;
            for (int block = 0; block < found.count(); block += found.period()) {
                common += common(pieces.subList(from + block, from + block + found.period()));
            }
            if (common > most) {
                most = common;
                best = new Stretch(from, found.count(), found.period());
            }
        }
        return best;
    }

    /** How many characters all names of some pieces begin with. */
    private static int common(List<Piece> pieces) {
        String common = pieces.get(0).nodes().get(0).name();
        for (Piece piece : pieces) {
            for (Node node : piece.nodes()) {
                while (!node.name().startsWith(common)) {
                    common = common.substring(0, common.length() - 1);
                }
            }
        }
        return common.length();
    }
}
