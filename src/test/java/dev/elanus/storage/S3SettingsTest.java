package dev.elanus.storage;

import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** What requests to S3 look like under each setting. */
class S3SettingsTest {
    static S3Settings settings() {
        return new S3Settings(
                "bucket",
                "prefix",
                Optional.of(URI.create("http://s3.test:9000")),
                "eu-test-1",
                true,
                false,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")));
    }
}
