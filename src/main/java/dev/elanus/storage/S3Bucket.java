package dev.elanus.storage;

import java.util.List;
import software.amazon.awssdk.services.s3.model.AbortMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/**
 * The requests to one bucket, each with all that its owner asks for. Keys are those of the bucket, not of the store.
 *
 * @param endpoint where requests are sent, for messages
 */
record S3Bucket(String name, S3Headers headers, String endpoint) {
    private static final String DIRECTORY_BUCKET = "--x-s3";

    /** Whether the name is one of a directory bucket of S3 Express One Zone, which S3 keeps for these. */
    static boolean isDirectory(String name) {
        return name.endsWith(DIRECTORY_BUCKET);
    }

    /** An object or a prefix, for messages. */
    String place(String key) {
        return "s3://" + name + "/" + key + " at " + endpoint;
    }

    /** @param range in HTTP's words; empty for the whole object */
    GetObjectRequest get(String key, String range) {
        return GetObjectRequest.builder()
                .bucket(name)
                .key(key)
                .range(range.isEmpty() ? null : range)
                .requestPayer(headers.payer())
                .build();
    }

    HeadObjectRequest head(String key) {
        return HeadObjectRequest.builder()
                .bucket(name)
                .key(key)
                .requestPayer(headers.payer())
                .build();
    }

    PutObjectRequest replace(String key) {
        return PutObjectRequest.builder()
                .bucket(name)
                .key(key)
                .serverSideEncryption(headers.algorithm())
                .ssekmsKeyId(headers.keyId())
                .requestPayer(headers.payer())
                .build();
    }

    PutObjectRequest putIfAbsent(String key) {
        return replace(key).toBuilder().ifNoneMatch("*").build();
    }

    DeleteObjectRequest delete(String key) {
        return DeleteObjectRequest.builder()
                .bucket(name)
                .key(key)
                .requestPayer(headers.payer())
                .build();
    }

    /** A page of a listing, to be told where it starts. */
    ListObjectsV2Request.Builder list(String prefix, int limit) {
        return ListObjectsV2Request.builder()
                .bucket(name)
                .prefix(prefix)
                .maxKeys(limit)
                .requestPayer(headers.payer());
    }

    CreateMultipartUploadRequest startUpload(String key) {
        return CreateMultipartUploadRequest.builder()
                .bucket(name)
                .key(key)
                .serverSideEncryption(headers.algorithm())
                .ssekmsKeyId(headers.keyId())
                .requestPayer(headers.payer())
                .build();
    }

    UploadPartRequest part(String key, String upload, int number) {
        return UploadPartRequest.builder()
                .bucket(name)
                .key(key)
                .uploadId(upload)
                .partNumber(number)
                .requestPayer(headers.payer())
                .build();
    }

    CompleteMultipartUploadRequest complete(String key, String upload, List<CompletedPart> parts) {
        return CompleteMultipartUploadRequest.builder()
                .bucket(name)
                .key(key)
                .uploadId(upload)
                .ifNoneMatch("*")
                .multipartUpload(all -> all.parts(parts))
                .requestPayer(headers.payer())
                .build();
    }

    AbortMultipartUploadRequest abort(String key, String upload) {
        return AbortMultipartUploadRequest.builder()
                .bucket(name)
                .key(key)
                .uploadId(upload)
                .requestPayer(headers.payer())
                .build();
    }

    ListMultipartUploadsRequest.Builder uploads(String prefix) {
        return ListMultipartUploadsRequest.builder().bucket(name).prefix(prefix).requestPayer(headers.payer());
    }
}
