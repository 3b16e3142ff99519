package dev.elanus.log;

import dev.elanus.storage.ObjectStore;
import java.util.HexFormat;

/** Where a collection's objects lie in the bucket. */
public final class LogKeys {
    private LogKeys() {}

    /** Everything of a collection. */
    public static String collectionPrefix(long collectionId) {
        return "c/" + HexFormat.of().toHexDigits(collectionId) + "/";
    }

    public static String manifestPrefix(long collectionId) {
        return collectionPrefix(collectionId) + "manifest/";
    }

    public static String logPrefix(long collectionId) {
        return collectionPrefix(collectionId) + "log/";
    }

    public static String segmentPrefix(long collectionId) {
        return collectionPrefix(collectionId) + "s/";
    }

    public static String segmentPrefix(long collectionId, long segmentId) {
        return segmentPrefix(collectionId) + HexFormat.of().toHexDigits(segmentId) + "/";
    }

    /** Copies of manifests whose objects are kept for snapshots and clones. */
    public static String holdPrefix(long collectionId) {
        return collectionPrefix(collectionId) + "hold/";
    }

    /** Where everything of every collection lies. */
    public static String allCollections() {
        return "c/";
    }

    /** The id of the collection that owns an object: the first part of its key. */
    public static long ownerOf(String key) {
        return HexFormat.fromHexDigitsToLong(key, 2, key.indexOf('/', 2));
    }

    /** A batch of the log: listed in the order of their sequences. */
    public static String batch(long collectionId, long sequence) {
        return logPrefix(collectionId) + HexFormat.of().toHexDigits(sequence);
    }

    /** The sequence of a listed batch. */
    public static long sequenceOf(long collectionId, ObjectStore.Listed listed) {
        return HexFormat.fromHexDigitsToLong(
                listed.key(), logPrefix(collectionId).length(), listed.key().length());
    }
}
