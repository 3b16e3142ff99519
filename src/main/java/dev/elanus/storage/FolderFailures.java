package dev.elanus.storage;

import dev.elanus.error.DatabaseException;
import dev.elanus.error.Denied;
import dev.elanus.error.Unavailable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Locale;

/** What a failure of the file system means to a caller. */
final class FolderFailures {
    private FolderFailures() {}

    /** Whether there is no room left. The JDK has no type for it; the texts are the operating system's own (strerror). */
    static boolean isFull(IOException failure) {
        String reason = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return reason.contains("no space left on device") || reason.contains("disk quota exceeded");
    }

    /** @param action what was tried, for people: {@code cannot write} */
    static DatabaseException of(String action, Path path, IOException failure) {
        String text = action + " " + path + ": " + failure;
        // The JDK has no types for these; the texts are the operating system's own (strerror).
        String reason = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof AccessDeniedException
                || reason.contains("read-only file system")
                || reason.contains("permission denied")
                || reason.contains("operation not permitted")) {
            return new Denied(text, failure);
        }
        return new Unavailable(text, failure);
    }
}
