package dev.elanus.manifest;

import dev.elanus.index.IndexSpec;
import dev.elanus.index.VectorIndexSpec;

/**
 * An index that was asked for. Segments get theirs built in time.
 *
 * @param id unique within the collection
 */
public record IndexDefinition(long id, String name, int fieldId, IndexSpec spec) {
    /** Segments of fewer rows are scanned exactly: that is quicker than any index, and never wrong. */
    public static final int MIN_ROWS = 4_096;

    public boolean isOfVectors() {
        return spec instanceof VectorIndexSpec;
    }

    /** What a vector index is. */
    public VectorIndexSpec ofVectors() {
        return (VectorIndexSpec) spec;
    }

    /** Whether a segment should have an object of this index and has none. Where all vectors are null, there is nothing to find. */
    public boolean isMissingIn(SegmentEntry segment) {
        return spec.hasObject()
                && segment.rowCount() >= MIN_ROWS
                && (!isOfVectors() || segment.layout().has(fieldId))
                && segment.index(id).isEmpty();
    }
}
