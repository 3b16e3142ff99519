package dev.elanus.manifest;

import dev.elanus.index.FieldIndexSpec;
import dev.elanus.index.IndexSpec;

/**
 * An index that was asked for. Segments get theirs built in time.
 *
 * @param id unique within the collection
 */
public record IndexDefinition(long id, String name, int fieldId, FieldIndexSpec spec) {
    /** Segments of fewer rows are scanned exactly: that is quicker than any index, and never wrong. */
    public static final int MIN_ROWS = 4_096;

    public boolean isOfVectors() {
        return spec instanceof IndexSpec;
    }

    /** What a vector index is. */
    public IndexSpec ofVectors() {
        return (IndexSpec) spec;
    }

    /** Whether a segment should have an object of this index and has none. */
    public boolean isMissingIn(SegmentEntry segment) {
        return spec.hasObject()
                && segment.rowCount() >= MIN_ROWS
                && segment.index(id).isEmpty();
    }
}
