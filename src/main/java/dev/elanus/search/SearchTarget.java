package dev.elanus.search;

import dev.elanus.schema.DataType;
import dev.elanus.vector.QueryVector;
import java.util.List;

/** What the neighbours of are looked for. */
public sealed interface SearchTarget {
    /** A vector. */
    record Vector(QueryVector vector) implements SearchTarget {}

    /**
     * A list of vectors, where the field's values are such lists.
     *
     * @param type of each
     * @param bytes of all, one after the other, as a column holds them
     */
    record Several(DataType type, byte[] bytes) implements SearchTarget {}

    /** A text, where the field's vectors are made of texts by a function. */
    record Text(String text) implements SearchTarget {}

    /**
     * The vector of a row that is there.
     *
     * @param key its primary key, a {@link Long} or a {@link String}
     */
    record Key(Object key) implements SearchTarget {}

    /** What a {@link Key} stands for whose row has no vector. It has no neighbours. */
    record Nothing() implements SearchTarget {}

    /** float32 vectors. */
    static List<SearchTarget> of(List<float[]> vectors) {
        return vectors.stream().map(SearchTarget::of).toList();
    }

    /** A float32 vector. */
    static SearchTarget of(float[] vector) {
        return new Vector(new QueryVector.Floats(vector));
    }

    /** Bytes that it takes in memory. */
    default long sizeBytes() {
        return switch (this) {
            case Vector(QueryVector vector) -> vector.sizeBytes();
            case Several several -> several.bytes().length;
            case Text(String text) -> 2L * text.length();
            case Key _ -> Long.BYTES;
            case Nothing _ -> 0;
        };
    }
}
