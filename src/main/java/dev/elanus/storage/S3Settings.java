package dev.elanus.storage;

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
        return client(ApacheHttpClient.builder()
                .maxConnections(CONNECTIONS)
                .connectionTimeout(CONNECT_LIMIT)
                .connectionAcquisitionTimeout(SILENCE_LIMIT)
                .socketTimeout(SILENCE_LIMIT)
                .tcpKeepAlive(true)
                .build());
    }

    private S3Client client(SdkHttpClient http) {
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
        return new HedgedStore(over(client(), host, traffic), host, traffic);
    }

    /** The store over another network than the machine's, without hedges. */
    ObjectStore open(Host host, StoreTraffic traffic, SdkHttpClient http) {
        return over(client(http), host, traffic);
    }

    private ObjectStore over(S3Client client, Host host, StoreTraffic traffic) {
        String place = endpoint.map(URI::toString).orElse("AWS " + region);
        return new S3Store(client, bucket, prefix, place, host, traffic);
    }
}
