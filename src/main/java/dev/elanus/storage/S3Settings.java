package dev.elanus.storage;

import dev.elanus.host.Host;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Where a store lies in S3 and how to talk to it.
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
        AwsCredentialsProvider credentials) {
    private static final int CONNECTIONS = 128;
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(30);

    /** A client for these settings, which does not retry by itself. */
    public S3Client client() {
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(region))
                .credentialsProvider(credentials)
                .forcePathStyle(pathStyle)
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .httpClientBuilder(ApacheHttpClient.builder()
                        .maxConnections(CONNECTIONS)
                        .connectionTimeout(CONNECT_LIMIT)
                        .connectionAcquisitionTimeout(SILENCE_LIMIT)
                        .socketTimeout(SILENCE_LIMIT)
                        .tcpKeepAlive(true));
        endpoint.ifPresent(builder::endpointOverride);
        if (plainChecksums) {
            builder.requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                    .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                    .serviceConfiguration(service -> service.chunkedEncodingEnabled(false));
        }
        return builder.build();
    }

    /** Opens the store; nothing is sent before it is used. */
    public S3Store open(Host host) {
        return new S3Store(client(), bucket, prefix, endpoint.map(URI::toString).orElse("AWS " + region), host);
    }
}
