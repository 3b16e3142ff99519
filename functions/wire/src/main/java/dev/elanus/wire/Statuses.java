package dev.elanus.wire;

import dev.elanus.error.DatabaseException;
import dev.elanus.error.Invalid;
import io.milvus.grpc.Status;

/** The status that every answer carries. Both codes are always filled, because old and new clients read different ones. */
public final class Statuses {
    private static final Status SUCCESS = of(WireCode.SUCCESS, "");

    private static final String PARAMETER_INVALID = "invalid parameter";

    private Statuses() {}

    public static Status success() {
        return SUCCESS;
    }

    public static Status of(DatabaseException failure) {
        WireCode code = WireCode.of(failure);
        String reason = message(failure);
        Status status = of(code, code == WireCode.PARAMETER_INVALID ? withItsName(reason) : reason);
        return failure instanceof Invalid
                ? status.toBuilder().putExtraInfo("is_input_error", "true").build()
                : status;
    }

    /** The message, in it the name of the failure that clients look for; lines that only show a place stay the last ones. */
    private static String withItsName(String reason) {
        if (reason.contains(PARAMETER_INVALID)) {
            return reason;
        }
        int end = reason.indexOf('\n');
        return end < 0
                ? reason + ": " + PARAMETER_INVALID
                : reason.substring(0, end) + ": " + PARAMETER_INVALID + reason.substring(end);
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
