package dev.elanus.storage;

import dev.elanus.error.Invalid;
import dev.elanus.host.Host;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Where a store lies in S3 and how to talk to it. A bucket whose name ends with {@code --x-s3} is a directory bucket of S3 Express One Zone.
 *
 * @param prefix of all keys, empty for the whole bucket, without a slash at its ends
 * @param endpoint of an S3-compatible server, or empty for AWS's own of the region
 * @param pathStyle whether the bucket stands in the path and not in the host name, as most servers but AWS need it
 * @param plainChecksums whether to send and check checksums only where the protocol demands them, and no chunked bodies: for servers that do
 *     not know the SDK's newer ways
 */
public record S3Settings(
        String bucket,
        String prefix,
        Optional<URI> endpoint,
        String region,
        boolean pathStyle,
        boolean plainChecksums,
        S3Headers headers,
        AwsCredentialsProvider credentials) {
    private static final int CONNECTIONS = 128;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);

    /** @throws Invalid if the bucket cannot be addressed so */
    public S3Settings {
        if (pathStyle && S3Bucket.isDirectory(bucket)) {
            throw new Invalid("s3://" + bucket + ": a bucket of S3 Express One Zone (--x-s3) is addressed by host name,"
                    + " expected path style false, found true");
        }
    }

    /** Whether a bucket is addressed by path where nobody says how: all but S3 Express take that. */
    public static boolean isPathStyleUsual(String bucket) {
        return !S3Bucket.isDirectory(bucket);
    }

    /** A client for these settings, which does not retry by itself. */
    public S3Client client() {
        return client(ApacheHttpClient.builder()
                .maxConnections(CONNECTIONS)
                .connectionTimeout(CONNECT_LIMIT)
                .connectionAcquisitionTimeout(SILENCE_LIMIT)
                .socketTimeout(SILENCE_LIMIT)
                .tcpKeepAlive(true)
                .build());
    }

    S3Client client(SdkHttpClient http) {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .forcePathStyle(pathStyle)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClient(http);
        endpoint.ifPresent(builder::endpointOverride);
        if (plainChecksums) {
            builder.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                    .serviceConfiguration(service -> service.chunkedEncodingEnabled(false));
        }
        return builder.build();
    }

    /**
     * Opens the store, its reads hedged; nothing is sent before it is used.
     *
     * @param traffic where requests, retries and hedges are counted
     */
    public ObjectStore open(Host host, StoreTraffic traffic) {
        return open(client(), bucket, prefix, place(), headers, host, traffic);
    }

    /**
     * As {@link #open(Host, StoreTraffic)}, over a client that somebody else made. It is closed with the store, and should not retry by itself.
     *
     * @param place where the client sends its requests, for messages
     */
    public static ObjectStore open(
            S3Client client,
            String bucket,
            String prefix,
            String place,
            S3Headers headers,
            Host host,
            StoreTraffic traffic) {
        S3Bucket requests = new S3Bucket(bucket, headers, place);
        return new HedgedStore(new S3Store(client, requests, prefix, host, traffic), host, traffic);
    }

    /** The store over another network than the machine's, without hedges. */
    ObjectStore open(Host host, StoreTraffic traffic, SdkHttpClient http) {
        return new S3Store(client(http), requests(), prefix, host, traffic);
    }

    S3Bucket requests() {
        return new S3Bucket(bucket, headers, place());
    }

    private String place() {
        return endpoint.map(URI::toString).orElse("AWS " + region);
    }
}
