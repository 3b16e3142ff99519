package dev.elanus.storage;

import dev.elanus.error.Invalid;
import java.nio.file.Path;

/** Where a store lies, as people write it: a folder, or {@code s3://BUCKET/PREFIX}. */
public sealed interface StoreLocation {
    /** A folder of this machine, absolute. */
    record Folder(Path path) implements StoreLocation {}

    /**
     * A bucket of an S3-compatible store.
     *
     * @param prefix of all keys, empty for the whole bucket, without a slash at its ends
     */
    record Bucket(String name, String prefix) implements StoreLocation {}

    /** @throws Invalid if the text is neither */
    static StoreLocation parse(String text) {
        String s3 = "s3://";
        if (text.isBlank()) {
            throw new Invalid("store: expected a folder or s3://BUCKET/PREFIX, found nothing");
        }
        if (!text.startsWith(s3)) {
            if (text.contains("://")) {
                throw new Invalid("store: expected a folder or s3://BUCKET/PREFIX, found " + text);
            }
            return new Folder(Path.of(text).toAbsolutePath().normalize());
        }
        String[] parts = text.substring(s3.length()).split("/", 2);
        if (parts[0].isEmpty()) {
            throw new Invalid("store: expected a bucket's name behind s3://, found " + text);
        }
        String prefix = parts.length < 2 ? "" : parts[1].replaceAll("^/+|/+$", "");
        return new Bucket(parts[0], prefix);
    }
}
