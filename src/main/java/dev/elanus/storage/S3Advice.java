package dev.elanus.storage;

/** What a person can do about a refusal of S3. */
final class S3Advice {
    private S3Advice() {}

    /**
     * @param code S3's own for the error, or empty
     * @param action what was tried, as in messages
     * @return a sentence's end that starts with a semicolon, or nothing where there is no advice
     */
    static String on(S3Failures kind, String code, String action) {
        String advice = switch (code) {
            case "RequestTimeTooSkewed", "RequestExpired" ->
                "this machine's clock differs from the store's by too much: set it, best by NTP";
            case "ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired", "InvalidToken" ->
                "the session's token has expired: renew the credentials, or give ones that renew themselves";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidSecurity" ->
                "check the access key and its secret (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY or the profile)";
            case "AuthorizationHeaderMalformed", "PermanentRedirect", "IllegalLocationConstraintException" ->
                "the bucket lies in another region or at another endpoint: correct --s3-region or --s3-endpoint";
            case "AccessDenied", "AllAccessDisabled", "AccountProblem" -> permission(action);
            case "NoSuchBucket" -> "create the bucket, or correct --store or --s3-endpoint";
            case "InvalidBucketName" -> "correct --store";
            case "KMS.DisabledException", "KMS.NotFoundException", "KMS.KMSInvalidStateException" ->
                "check the key of --s3-encryption";
            default -> byKind(kind, action);
        };
        return advice.isEmpty() ? "" : "; " + advice;
    }

    private static String byKind(S3Failures kind, String action) {
        return switch (kind) {
            case DENIED -> permission(action);
            case NO_BUCKET -> "create the bucket, or correct --store or --s3-endpoint";
            case NOT_SENT -> "nothing listens there: is the store running, and is the address right?";
            case ABSENT, PRECONDITION, CONFLICT, RANGE, UNSUPPORTED, THROTTLED, REFUSED, UNKNOWN -> "";
        };
    }

    private static String permission(String action) {
        String verb = switch (action) {
            case "list" -> "s3:ListBucket for the bucket";
            case "list unfinished uploads of" -> "s3:ListBucketMultipartUploads for the bucket";
            case "abort the unfinished upload of" -> "s3:AbortMultipartUpload for its objects";
            case "delete" -> "s3:DeleteObject for its objects";
            // S3 hides from those who may not list whether an object is missing.
            case "read", "look at" -> "s3:GetObject for its objects and s3:ListBucket for the bucket";
            default -> "s3:PutObject for its objects";
        };
        return "grant " + verb + ", or check whose credentials these are";
    }
}
