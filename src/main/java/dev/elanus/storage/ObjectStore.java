package dev.elanus.storage;

import dev.elanus.column.ByteRange;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Objects by key. Keys are relative to the store's root: ASCII, segments joined by {@code /}, none the prefix of another as a name. Safe for
 * use from many threads; every method waits for the store.
 *
 * <p>Failures: {@link dev.elanus.error.Unavailable} if the store is out of reach, busy or full, {@link dev.elanus.error.Denied} if it
 * refuses the caller. Only {@link #putIfAbsent} reports a lost reply as a value, because only there it matters.
 */
public interface ObjectStore extends AutoCloseable {
    /** Where the objects lie, for people: {@code folder /data}, {@code s3://bucket/prefix}. */
    String describe();

    /** Creates an object, whole, unless one of that name is there. Of many racing calls exactly one gets {@link Put.Stored}. */
    Put putIfAbsent(String key, Content content);

    /** Creates or overwrites an object. For hints alone: everything else is immutable. */
    void replace(String key, Content content);

    /** A small object, whole, or nothing if there is none. */
    Optional<MemorySegment> get(String key);

    /**
     * Some bytes of an object.
     *
     * @return exactly {@code range.length()} bytes
     * @throws dev.elanus.error.NotFound of kind OBJECT if there is no such object
     * @throws dev.elanus.error.Corrupt if the object ends before the range does
     */
    MemorySegment read(String key, ByteRange range);

    /**
     * Keys that start with {@code prefix}, in ascending order of their bytes.
     *
     * @param startAfter leave out keys up to and including this one; empty for none
     * @param limit keys at most, at least 1
     */
    List<Listed> list(String prefix, String startAfter, int limit);

    /** Deletes an object; a missing one is no error. */
    void delete(String key);

    /**
     * Frees what writes left behind that were started before a time and came to no end, where the store keeps such things apart from objects.
     *
     * @return how many there were
     */
    default int abortLeftOvers(Instant before) {
        return 0;
    }

    /**
     * What has kept requests from being answered lately, as the end of a sentence that starts with a semicolon. Empty if nothing has, or nothing
     * is known. For messages to those whose time is up while the store is still being asked.
     */
    default String trouble() {
        return "";
    }

    /** The object as a file that may be mapped in place, where the store keeps files; nothing otherwise or if there is none. */
    Optional<Path> localFile(String key);

    @Override
    void close();

    /**
     * A listed object.
     *
     * @param modifiedMillis when it was written, by the store's clock, milliseconds since 1970
     */
    record Listed(String key, long length, long modifiedMillis) {}
}
