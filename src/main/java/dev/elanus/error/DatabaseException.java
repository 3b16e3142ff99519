package dev.elanus.error;

import org.jspecify.annotations.Nullable;

/** Every failure that the engine reports. The subtypes are split by what the caller should do next. */
public abstract sealed class DatabaseException extends RuntimeException
        permits Invalid, NotFound, Unsupported, Denied, Conflict, Busy, Unavailable, OutcomeUnknown, Corrupt {
    private static final long serialVersionUID = 1L;

    DatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
