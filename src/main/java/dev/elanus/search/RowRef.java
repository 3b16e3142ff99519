package dev.elanus.search;

/** A row of a source. */
record RowRef(Source source, int row) {
    long timestamp() {
        return source.timestampAt(row);
    }
}
