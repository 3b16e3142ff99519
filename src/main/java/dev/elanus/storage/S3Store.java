package dev.elanus.storage;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.error.Corrupt;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.NotFound;
import dev.elanus.host.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Objects below a prefix of a bucket of S3 or of a store that speaks its protocol, conditional writes included. Put-if-absent is
 * {@code If-None-Match: *}: 412 means that the object is there, 409 that another such write was under way, and anything that leaves open
 * what the server did is {@link Put.ReplyLost}.
 */
final class S3Store implements ObjectStore {
    private static final long MULTIPART_BYTES = 256L << 20;
    private static final long PART_BYTES = 64L << 20;
    private static final long COSTLY_BYTES = 8L << 20;

    private final S3Client client;
    private final S3Bucket bucket;
    private final String prefix;
    private final S3Listing listing;
    private final long multipartBytes;
    private final long partBytes;
    private final Host host;
    private final S3Retry retry;

    /**
     * A store over a client, which is closed with it. The client should not retry by itself: this class does.
     *
     * @param prefix empty for the whole bucket, without a slash at its ends
     * @param traffic where requests and retries are counted
     */
    S3Store(S3Client client, S3Bucket bucket, String prefix, Host host, StoreTraffic traffic) {
        this(client, bucket, prefix, host, traffic, MULTIPART_BYTES, PART_BYTES);
    }

    /** @param multipartBytes objects longer than this are written in parts of {@code partBytes} */
    S3Store(
            S3Client client,
            S3Bucket bucket,
            String prefix,
            Host host,
            StoreTraffic traffic,
            long multipartBytes,
            long partBytes) {
        if (!prefix.isEmpty()) {
            ObjectKey.check(prefix);
        }
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix.isEmpty() ? "" : prefix + "/";
        this.multipartBytes = multipartBytes;
        this.partBytes = partBytes;
        this.host = host;
        this.retry = new S3Retry(host, traffic);
        this.listing = new S3Listing(client, bucket, this.prefix, retry);
    }

    @Override
    public String describe() {
        String place = "s3://" + bucket.name() + "/" + prefix;
        return place.substring(0, place.length() - 1) + " at " + bucket.endpoint();
    }

    @Override
    public Put putIfAbsent(String key, Content content) {
        // A large body that is refused costs its whole transfer, and some servers cut the connection in the middle of
        // it.
        if (content.length() > COSTLY_BYTES && exists(key)) {
            return new Put.AlreadyThere();
        }
        if (content.length() > multipartBytes) {
            return new S3Upload(client, retry, host, bucket, full(key), place(key)).run(content, partBytes);
        }
        PutObjectRequest request = bucket.putIfAbsent(full(key));
        S3Retry.Attempts attempts = retry.attempts("write", place(key));
        while (true) {
            try {
                return attempts.attempt(() -> {
                    client.putObject(request, body(content));
                    return new Put.Stored();
                });
            } catch (SdkException failure) {
                S3Failures kind = S3Failures.of(failure);
                switch (kind) {
                    case PRECONDITION -> {
                        return new Put.AlreadyThere();
                    }
                    case UNKNOWN -> {
                        return new Put.ReplyLost(kind.describe("write", place(key), failure));
                    }
                    case ABSENT, NO_BUCKET, CONFLICT, NOT_SENT, THROTTLED, RANGE, DENIED, UNSUPPORTED, REFUSED -> {
                        if (kind == S3Failures.CONFLICT && exists(key)) {
                            return new Put.AlreadyThere();
                        }
                        attempts.pauseAfter(kind, failure);
                    }
                }
            }
        }
    }

    @Override
    public void replace(String key, Content content) {
        retry.run("write", place(key), () -> client.putObject(bucket.replace(full(key)), body(content)));
    }

    @Override
    public Optional<MemorySegment> get(String key) {
        try {
            return Optional.of(retry.run("read", place(key), () -> download(key, "", -1)));
        } catch (NotFound missing) {
            return Optional.empty();
        }
    }

    @Override
    public MemorySegment read(String key, ByteRange range) {
        if (range.length() == 0) {
            return readNothing(key, range.offset());
        }
        String header = "bytes=" + range.offset() + "-" + (range.end() - 1);
        return retry.run("read", place(key), () -> download(key, header, range.length()));
    }

    @Override
    public List<Listed> list(String listedPrefix, String startAfter, int limit) {
        return listing.list(listedPrefix, startAfter, limit);
    }

    @Override
    public int abortLeftOvers(Instant before) {
        return listing.abortLeftOvers(before);
    }

    @Override
    public void delete(String key) {
        try {
            retry.run("delete", place(key), () -> client.deleteObject(bucket.delete(full(key))));
        } catch (NotFound _) {
            // S3 itself answers 204, others 404.
        }
    }

    @Override
    public String trouble() {
        return retry.traffic().trouble(host.nanoTime());
    }

    @Override
    public Optional<Path> localFile(String key) {
        return Optional.empty();
    }

    @Override
    public void close() {
        client.close();
    }

    private String full(String key) {
        ObjectKey.check(key);
        return prefix + key;
    }

    private String place(String key) {
        return bucket.place(prefix + key);
    }

    private long lengthOf(String key) {
        return retry.run("look at", place(key), () -> {
            Long announced = client.headObject(bucket.head(full(key))).contentLength();
            if (announced == null) {
                throw headersCut();
            }
            return announced;
        });
    }

    /** A connection that ends among the headers of an answer passes for one without those that are missing. */
    private static SdkClientException headersCut() {
        return SdkClientException.create("reply cut short among its headers");
    }

    private boolean exists(String key) {
        try {
            lengthOf(key);
            return true;
        } catch (NotFound _) {
            return false;
        }
    }

    /** S3 has no range of no bytes, but the promises about missing objects and their ends hold for it all the same. */
    private MemorySegment readNothing(String key, long offset) {
        if (lengthOf(key) < offset) {
            throw S3Failures.RANGE.describe("read", place(key), null);
        }
        return Column.allocate(0);
    }

    /** @param expected bytes that must come, or -1 for as many as the answer announces */
    private MemorySegment download(String key, String range, long expected) {
        try (ResponseInputStream<GetObjectResponse> answer = client.getObject(bucket.get(full(key), range))) {
            Long announced = answer.response().contentLength();
            if (announced == null) {
                answer.abort();
                throw headersCut();
            }
            long length = announced;
            if (expected >= 0 && length != expected) {
                answer.abort();
                throw shortOf(key, expected, length);
            }
            return ContentBytes.read(answer, length);
        } catch (IOException | UncheckedIOException failure) {
            // A connection cut half-way is to be retried like one that was cut before.
            throw SdkClientException.create("reply cut short", failure);
        }
    }

    private DatabaseException shortOf(String key, long expected, long found) {
        return new Corrupt("object " + place(key) + ": expected " + expected
                + " bytes of the range that was asked for, found " + found + "; the object ends before");
    }

    private static RequestBody body(Content content) {
        return switch (content) {
            case Content.LocalFile(Path path, long _) -> RequestBody.fromFile(path);
            case Content.Memory(MemorySegment bytes) ->
                RequestBody.fromContentProvider(
                        () -> ContentBytes.stream(bytes), bytes.byteSize(), "application/octet-stream");
        };
    }
}
