package dev.elanus.search;

import dev.elanus.column.Column;
import dev.elanus.column.Keys;

/** A row that may be among a query's hits. */
record Candidate(RowRef row, float score, Column keys, int keyAt) {
    Object key() {
        return Keys.valueAt(keys, keyAt);
    }

    Candidate scored(float other) {
        return new Candidate(row, other, keys, keyAt);
    }

    int compareKeys(Candidate other) {
        return Keys.compare(keys, keyAt, other.keys, other.keyAt);
    }
}
