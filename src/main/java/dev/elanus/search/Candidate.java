package dev.elanus.search;

import dev.elanus.column.Column;
import dev.elanus.column.Keys;

/**
 * A row that may be among a query's hits.
 *
 * @param element which of the row's vectors it is, {@link #WHOLE} for the row as a whole
 */
record Candidate(RowRef row, float score, Column keys, int keyAt, int element) {
    static final int WHOLE = -1;

    boolean isWhole() {
        return element == WHOLE;
    }

    Object key() {
        return Keys.valueAt(keys, keyAt);
    }

    Candidate scored(float other) {
        return new Candidate(row, other, keys, keyAt, element);
    }

    /** The row, whichever of its vectors was found. */
    Candidate whole() {
        return new Candidate(row, score, keys, keyAt, WHOLE);
    }

    int compareKeys(Candidate other) {
        int order = Keys.compare(keys, keyAt, other.keys, other.keyAt);
        return order != 0 ? order : Integer.compare(element, other.element);
    }
}
