package dev.elanus.index;

import dev.elanus.column.Column;
import dev.elanus.schema.DataType;
import dev.elanus.vector.TopK;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A row that may become a hit.
 *
 * @param packed distance and row number, see {@link TopK#pack}
 * @param keys a column in which its primary key stands
 * @param place where
 */
record Candidate(long packed, Column keys, int place) {
    /** The k nearest of the candidates as hits. */
    static Hits hits(List<Candidate> candidates, int k, Geometry geometry, DataType keyType, long rowsScanned) {
        Candidate[] nearest = candidates.toArray(Candidate[]::new);
        Arrays.sort(nearest, Comparator.comparingLong(Candidate::packed));
        int[] rows = new int[Math.min(k, nearest.length)];
        float[] scores = new float[rows.length];
        int[] places = new int[rows.length];
        Column[] keys = new Column[rows.length];
        for (int i = 0; i < rows.length; i++) {
            Candidate candidate = nearest[i];
            rows[i] = TopK.rowOf(candidate.packed);
            scores[i] = geometry.score(TopK.distanceOf(candidate.packed));
            places[i] = candidate.place;
            keys[i] = candidate.keys;
        }
        return new Hits(rows, scores, KeyBytes.gather(keyType, keys, places), rowsScanned);
    }

    /** This candidate with its key in memory of its own, for when the bytes it was read from are gone. */
    Candidate detached() {
        return new Candidate(packed, keys.select(new int[] {place}), 0);
    }
}
