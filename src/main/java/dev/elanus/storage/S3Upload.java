package dev.elanus.storage;

import dev.elanus.error.Unavailable;
import dev.elanus.host.Host;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/**
 * A large object, written in parts, some at a time. The parts become an object by one conditional request at the end, which has the
 * same outcomes as a conditional put; before it, nothing is there that anybody could see.
 */
record S3Upload(S3Client client, S3Retry retry, Host host, S3Bucket bucket, String key, String place) {
    private static final int PARTS_AT_A_TIME = 4;

    /** @param partBytes bytes of every part but the last; S3 asks for 5 MiB and more */
    Put run(Content content, long partBytes) {
        MemorySegment bytes;
        try {
            bytes = ContentBytes.mapped(content);
        } catch (IOException failure) {
            throw new Unavailable("cannot read " + content + ": " + failure, failure);
        }
        String upload = retry.run(
                "start an upload of",
                place,
                () -> client.createMultipartUpload(bucket.startUpload(key)).uploadId());
        boolean complete = false;
        try {
            Put outcome = complete(upload, uploadParts(upload, bytes, partBytes));
            complete = outcome instanceof Put.Stored;
            return outcome;
        } finally {
            if (!complete) {
                abort(upload);
            }
        }
    }

    private List<CompletedPart> uploadParts(String upload, MemorySegment bytes, long partBytes) {
        List<CompletedPart> parts = new ArrayList<>();
        List<CompletableFuture<CompletedPart>> pending = new ArrayList<>();
        int count = Math.toIntExact((bytes.byteSize() + partBytes - 1) / partBytes);
        for (int part = 0; part < count; part++) {
            long offset = part * partBytes;
            MemorySegment slice = bytes.asSlice(offset, Math.min(partBytes, bytes.byteSize() - offset));
            int number = part + 1;
            pending.add(host.start(() -> uploadPart(upload, number, slice)));
            if (pending.size() == PARTS_AT_A_TIME || number == count) {
                pending.forEach(one -> parts.add(host.await(one)));
                pending.clear();
            }
        }
        return parts;
    }

    private CompletedPart uploadPart(String upload, int number, MemorySegment bytes) {
        RequestBody body = RequestBody.fromContentProvider(
                () -> ContentBytes.stream(bytes), bytes.byteSize(), "application/octet-stream");
        return retry.run("write part " + number + " of", place, () -> {
            var done = client.uploadPart(bucket.part(key, upload, number), body);
            return CompletedPart.builder().partNumber(number).eTag(done.eTag()).build();
        });
    }

    private Put complete(String upload, List<CompletedPart> parts) {
        S3Retry.Attempts attempts = retry.attempts("complete", place);
        while (true) {
            try {
                return attempts.attempt(() -> {
                    client.completeMultipartUpload(bucket.complete(key, upload, parts));
                    return new Put.Stored();
                });
            } catch (SdkException failure) {
                S3Failures kind = S3Failures.of(failure);
                switch (kind) {
                    case PRECONDITION -> {
                        return new Put.AlreadyThere();
                    }
                    case UNKNOWN, ABSENT -> {
                        // An upload that is not there any more was completed by an attempt whose reply was lost, or was
                        // cleared away.
                        return new Put.ReplyLost(kind.describe("complete", place, failure));
                    }
                    case NO_BUCKET, CONFLICT, NOT_SENT, THROTTLED, RANGE, DENIED, UNSUPPORTED, REFUSED ->
                        attempts.pauseAfter(kind, failure);
                }
            }
        }
    }

    /** Frees the parts. Whether a completion with an unknown outcome or this comes first is for the store to decide; both are whole. */
    private void abort(String upload) {
        try {
            retry.attempts("abort", place).attempt(() -> client.abortMultipartUpload(bucket.abort(key, upload)));
        } catch (SdkException _) {
            // Parts cost space until the garbage collector clears them; the outcome of the put matters more.
        }
    }
}
