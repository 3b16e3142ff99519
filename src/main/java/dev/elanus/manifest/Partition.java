package dev.elanus.manifest;

/**
 * A part of a collection that can be written, read, loaded and dropped by its name.
 *
 * @param number what its rows carry; unique within the collection and never given again
 * @param createdTimestamp hybrid
 * @param loaded whether it may be read
 */
public record Partition(int number, String name, long createdTimestamp, boolean loaded) {
    /** The one that every collection has, and that takes what names none. */
    public static final String DEFAULT = "_default";

    /** The number of {@link #DEFAULT}, and of every row that says nothing else. */
    public static final int DEFAULT_NUMBER = 0;

    Partition withLoaded(boolean newLoaded) {
        return new Partition(number, name, createdTimestamp, newLoaded);
    }

    /** Its id on the wire: different from those of other partitions and of its collection. */
    public long id(long collectionId) {
        return collectionId + 1 + number;
    }
}
