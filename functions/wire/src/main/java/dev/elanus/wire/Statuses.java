package dev.elanus.wire;

import dev.elanus.error.DatabaseException;
import dev.elanus.error.Invalid;
import io.milvus.grpc.Status;

/** The status that every answer carries. Both codes are always filled, because old and new clients read different ones. */
public final class Statuses {
    private static final Status SUCCESS = of(WireCode.SUCCESS, "");

    private Statuses() {}

    public static Status success() {
        return SUCCESS;
    }

    public static Status of(DatabaseException failure) {
        Status status = of(WireCode.of(failure), message(failure));
        return failure instanceof Invalid
                ? status.toBuilder().putExtraInfo("is_input_error", "true").build()
                : status;
    }

    @SuppressWarnings("deprecation")
    public static Status of(WireCode code, String reason) {
        return Status.newBuilder()
                .setCode(code.number())
                .setErrorCode(code.legacy())
                .setReason(reason)
                .setDetail(reason)
                .setRetriable(code.retriable())
                .build();
    }

    /** The failure's text, never empty. */
    public static String message(Throwable failure) {
        String message = failure.getMessage();
        return message == null || message.isEmpty() ? failure.getClass().getSimpleName() : message;
    }
}
