package dev.elanus.storage;

import dev.elanus.error.Corrupt;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.Denied;
import dev.elanus.error.NotFound;
import dev.elanus.error.Unavailable;
import dev.elanus.error.Unsupported;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Set;
import org.apache.http.conn.ConnectTimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failed request to S3 tells about the request. */
enum S3Failures {
    /** There is no such object. */
    ABSENT,
    /** There is no such bucket: an object that is not found for that reason may well exist. */
    NO_BUCKET,
    /** The condition of a conditional write did not hold. */
    PRECONDITION,
    /** Another conditional write of the same key was under way: it may have failed, too. */
    CONFLICT,
    /** Range beyond the end. */
    RANGE,
    /** No permission. */
    DENIED,
    /** The server does not know what it was asked for. */
    UNSUPPORTED,
    /** The request never reached a server. */
    NOT_SENT,
    /** The server asks to slow down, and did nothing. */
    THROTTLED,
    /** The server refused for a reason of its own; nothing was done. */
    REFUSED,
    /** The server failed, took too long or hung up: whether it did what it was asked for is not known. */
    UNKNOWN;

    /** S3's own code, those of AWS's other services, and those of servers like MinIO. */
    private static final Set<String> THROTTLING = Set.of(
            "SlowDown", "SlowDownRead", "SlowDownWrite", "Throttling", "ThrottlingException", "RequestLimitExceeded");

    /** Refusals of the caller that come with the status of a malformed request. */
    private static final Set<String> EXPIRED = Set.of("ExpiredToken", "TokenRefreshRequired", "InvalidToken");

    static S3Failures of(SdkException failure) {
        if (failure instanceof AwsServiceException answer && answer.statusCode() > 0) {
            return ofStatus(answer.statusCode(), code(answer));
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof ConnectTimeoutException) {
                return NOT_SENT;
            }
        }
        // The SDK has no type for this; it happens before a request is built.
        return String.valueOf(failure.getMessage()).startsWith("Unable to load credentials") ? DENIED : UNKNOWN;
    }

    private static S3Failures ofStatus(int status, String code) {
        if (THROTTLING.contains(code)) {
            return THROTTLED;
        }
        if (EXPIRED.contains(code)) {
            return DENIED;
        }
        return switch (status) {
            case 403, 401 -> DENIED;
            case 404 -> code.equals("NoSuchBucket") ? NO_BUCKET : ABSENT;
            case 409 -> CONFLICT;
            case 412 -> PRECONDITION;
            case 416 -> RANGE;
            case 501 -> UNSUPPORTED;
            case 429 -> THROTTLED;
            case 408 -> UNKNOWN;
            default -> status < 500 && !code.equals("RequestTimeout") ? REFUSED : UNKNOWN;
        };
    }

    private static String code(AwsServiceException answer) {
        return answer.awsErrorDetails() == null
                ? ""
                : String.valueOf(answer.awsErrorDetails().errorCode());
    }

    /** Whether the same request may succeed a moment later. */
    boolean isPassing() {
        return this == NOT_SENT || this == THROTTLED || this == UNKNOWN || this == CONFLICT;
    }

    /**
     * The failure in the engine's words.
     *
     * @param place bucket, key and endpoint
     */
    DatabaseException describe(String action, String place, @Nullable Throwable cause) {
        String code = cause instanceof AwsServiceException answer ? code(answer) : "";
        String text = "cannot " + action + " " + place + ": " + (cause == null ? name() : reason(cause))
                + S3Advice.on(this, code, action);
        return switch (this) {
            case ABSENT -> new NotFound(NotFound.Kind.OBJECT, text);
            case RANGE -> new Corrupt("object " + place + ": ends before the range that was asked for");
            case DENIED -> cause == null ? new Denied(text) : new Denied(text, cause);
            case UNSUPPORTED -> cause == null ? new Unsupported(text) : new Unsupported(text, cause);
            case NO_BUCKET, PRECONDITION, CONFLICT, NOT_SENT, THROTTLED, REFUSED, UNKNOWN ->
                cause == null ? new Unavailable(text) : new Unavailable(text, cause);
        };
    }

    /** The SDK wraps what happened in sentences about itself: the innermost cause says it. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof AwsServiceException answer && answer.awsErrorDetails() != null) {
            String message = String.valueOf(answer.awsErrorDetails().errorMessage());
            return code(answer) + ", " + message.strip() + " (status " + answer.statusCode() + ", request "
                    + answer.requestId() + ")";
        }
        return cause == failure ? String.valueOf(failure.getMessage()) : failure.getMessage() + " (" + cause + ")";
    }
}
