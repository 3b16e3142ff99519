package dev.elanus.storage;

import dev.elanus.error.Invalid;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.RequestPayer;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/**
 * What requests carry beside their purpose, because the bucket's owner asks for it.
 *
 * @param kmsKey id or ARN of the key for {@link Encryption#KMS}; empty for the account's own
 * @param requesterPays whether this account pays for requests to a bucket of another
 */
public record S3Headers(Encryption encryption, String kmsKey, boolean requesterPays) {
    /** How objects are encrypted where they lie. */
    public enum Encryption {
        /** As the bucket says. */
        BUCKETS_OWN,
        /** SSE-S3: with keys of S3's own. */
        S3,
        /** SSE-KMS: with a key of the Key Management Service. */
        KMS
    }

    /** Nothing more than the purpose asks for. */
    public static final S3Headers NONE = new S3Headers(Encryption.BUCKETS_OWN, "", false);

    /**
     * @param encryption as people write it: nothing, {@code s3}, {@code kms} or {@code kms:KEY}
     * @throws Invalid if it is something else
     */
    public static S3Headers parse(String encryption, boolean requesterPays) {
        String[] parts = encryption.split(":", 2);
        return switch (parts[0]) {
            case "" -> new S3Headers(Encryption.BUCKETS_OWN, "", requesterPays);
            case "s3" -> new S3Headers(Encryption.S3, "", requesterPays);
            case "kms" -> new S3Headers(Encryption.KMS, parts.length < 2 ? "" : parts[1], requesterPays);
            default -> throw new Invalid("S3 encryption: expected s3, kms or kms:KEY, found " + encryption);
        };
    }

    @Nullable
    ServerSideEncryption algorithm() {
        return switch (encryption) {
            case BUCKETS_OWN -> null;
            case S3 -> ServerSideEncryption.AES256;
            case KMS -> ServerSideEncryption.AWS_KMS;
        };
    }

    @Nullable
    String keyId() {
        return kmsKey.isEmpty() ? null : kmsKey;
    }

    @Nullable
    RequestPayer payer() {
        return requesterPays ? RequestPayer.REQUESTER : null;
    }
}
