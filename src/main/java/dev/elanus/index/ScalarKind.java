package dev.elanus.index;

/** The scalar index kinds that are offered, by their names on the wire. All but NGRAM and RTREE are one structure: a scalar index never changes results. */
public enum ScalarKind {
    AUTOINDEX("AUTOINDEX"),
    INVERTED("INVERTED"),
    BITMAP("BITMAP"),
    STL_SORT("STL_SORT"),
    TRIE("Trie"),
    NGRAM("NGRAM"),
    /** Over the boxes of shapes. */
    RTREE("RTREE");

    private final String text;

    ScalarKind(String text) {
        this.text = text;
    }

    /** The name as Milvus describes it. */
    public String text() {
        return text;
    }
}
