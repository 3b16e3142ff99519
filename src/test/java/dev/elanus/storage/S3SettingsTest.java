package dev.elanus.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.ByteRange;
import dev.elanus.error.Invalid;
import dev.elanus.storage.ScriptedHttp.Answer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpRequest;

/** What requests to S3 look like under each setting. */
class S3SettingsTest {
    private static final Optional<URI> ENDPOINT = Optional.of(URI.create("http://s3.test:9000"));
    private static final byte[] THREE = new byte[3];

    private final HandHost host = new HandHost();
    private final ScriptedHttp http = new ScriptedHttp();

    @TempDir
    Path folder;

    static S3Settings settings() {
        return settings("bucket", ENDPOINT, true, false, S3Headers.NONE);
    }

    private static S3Settings settings(
            String bucket, Optional<URI> endpoint, boolean pathStyle, boolean plain, S3Headers headers) {
        return new S3Settings(
                bucket,
                "prefix",
                endpoint,
                "eu-test-1",
                pathStyle,
                plain,
                headers,
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")));
    }

    private ObjectStore open(S3Settings settings) {
        return settings.open(host, new StoreTraffic(), http);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void theBucketStandsInThePathOrInTheHostName() {
        open(settings()).putIfAbsent("a", Content.of(THREE));
        assertThat(http.last()).isEqualTo("PUT http://s3.test/bucket/prefix/a");
        open(settings("bucket", ENDPOINT, false, false, S3Headers.NONE)).putIfAbsent("a", Content.of(THREE));
        assertThat(http.last()).isEqualTo("PUT http://bucket.s3.test/prefix/a");
        open(settings("bucket", Optional.empty(), false, false, S3Headers.NONE)).putIfAbsent("a", Content.of(THREE));
        assertThat(http.last()).isEqualTo("PUT https://bucket.s3.eu-test-1.amazonaws.com/prefix/a");
        assertThat(http.header("If-None-Match")).isEqualTo("*");
        assertThat(http.header("Authorization")).contains("/eu-test-1/s3/aws4_request");
    }

    @Test
    void objectsAreEncryptedAsTheOwnerAsks() throws Exception {
        open(settings()).putIfAbsent("a", Content.of(THREE));
        assertThat(http.header("x-amz-server-side-encryption")).isEmpty();
        open(with(S3Headers.parse("s3", false))).putIfAbsent("a", Content.of(THREE));
        assertThat(http.header("x-amz-server-side-encryption")).isEqualTo("AES256");
        open(with(S3Headers.parse("kms", false))).replace("a", Content.of(THREE));
        assertThat(http.header("x-amz-server-side-encryption")).isEqualTo("aws:kms");
        open(with(S3Headers.parse("kms:arn:aws:kms:x:1:key/2", false))).putIfAbsent("a", Content.of(THREE));
        assertThat(http.header("x-amz-server-side-encryption-aws-kms-key-id")).isEqualTo("arn:aws:kms:x:1:key/2");
        open(with(S3Headers.parse("kms", false))).get("a");
        assertThat(http.header("x-amz-server-side-encryption")).isEmpty();
        assertThatThrownBy(() -> S3Headers.parse("rot13", false))
                .isInstanceOf(Invalid.class)
                .hasMessage("S3 encryption: expected s3, kms or kms:KEY, found rot13");
    }

    @Test
    void whoPaysIsOnEveryRequestAndEncryptionOnThoseThatStart() throws Exception {
        http.answer(S3SettingsTest::answerUpload);
        S3Settings paying = with(S3Headers.parse("kms:k", true));
        Path large = Files.write(folder.resolve("large"), new byte[11 << 20]);
        try (ObjectStore store = new S3Store(
                paying.client(http), paying.requests(), "prefix", host, new StoreTraffic(), 6 << 20, 5 << 20)) {
            store.putIfAbsent("large", new Content.LocalFile(large, 11 << 20));
            store.read("a", new ByteRange(0, 3));
            store.delete("a");
            store.list("", "", 1);
            store.abortLeftOvers(host.clock().instant());
        }
        assertThat(http.requests())
                .hasSizeGreaterThan(8)
                .allMatch(request -> request.firstMatchingHeader("x-amz-request-payer")
                        .orElse("")
                        .equals("requester"));
        assertThat(http.requests().stream()
                        .filter(request -> request.firstMatchingHeader("x-amz-server-side-encryption")
                                .isPresent()))
                .singleElement()
                .matches(request -> request.rawQueryParameters().containsKey("uploads"));
    }

    @Test
    void plainChecksumsLeaveTrailersOut() {
        open(settings()).putIfAbsent("a", Content.of(THREE));
        assertThat(http.header("x-amz-trailer")).isNotEmpty();
        open(settings("bucket", ENDPOINT, true, true, S3Headers.NONE)).putIfAbsent("a", Content.of(THREE));
        assertThat(http.header("x-amz-trailer")).isEmpty();
        assertThat(http.header("Content-Encoding")).isEmpty();
        assertThat(http.header("Content-Length")).isEqualTo("3");
    }

    @Test
    void aBucketOfS3ExpressIsAddressedByItsHostWithASession() {
        String bucket = "data--use1-az4--x-s3";
        http.answer(request -> request.rawQueryParameters().containsKey("session")
                ? new Answer(
                        200,
                        "<CreateSessionResult><Credentials><SessionToken>token</SessionToken><SecretAccessKey>s"
                                + "</SecretAccessKey><AccessKeyId>a</AccessKeyId><Expiration>2099-01-01T00:00:00Z"
                                + "</Expiration></Credentials></CreateSessionResult>")
                : Answer.OK);
        assertThat(S3Settings.isPathStyleUsual(bucket)).isFalse();
        open(settings(bucket, Optional.empty(), false, false, S3Headers.NONE)).putIfAbsent("a", Content.of(THREE));
        assertThat(http.lastRequest().host()).startsWith(bucket + ".s3express-use1-az4.");
        assertThat(http.header("x-amz-s3session-token")).isEqualTo("token");
        assertThat(http.header("If-None-Match")).isEqualTo("*");
        assertThatThrownBy(() -> settings(bucket, Optional.empty(), true, false, S3Headers.NONE))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("addressed by host name");
    }

    @Test
    void listingsOfS3ExpressAreWholeFoldersPutIntoOrder() {
        http.answer(request -> request.rawQueryParameters().containsKey("session")
                ? new Answer(
                        200,
                        "<CreateSessionResult><Credentials><SessionToken>token</SessionToken><SecretAccessKey>s"
                                + "</SecretAccessKey><AccessKeyId>a</AccessKeyId><Expiration>2099-01-01T00:00:00Z"
                                + "</Expiration></Credentials></CreateSessionResult>")
                : page(request));
        ObjectStore store = open(settings("data--use1-az4--x-s3", Optional.empty(), false, false, S3Headers.NONE));
        assertThat(store.list("log/", "", 2))
                .extracting(ObjectStore.Listed::key)
                .containsExactly("log/1", "log/10");
        assertThat(store.list("log/1", "log/1", 9))
                .extracting(ObjectStore.Listed::key)
                .containsExactly("log/10");
        assertThat(http.lastRequest().firstMatchingRawQueryParameter("prefix")).contains("prefix/log/");
        assertThat(http.lastRequest().rawQueryParameters()).doesNotContainKey("start-after");
    }

    private static S3Settings with(S3Headers headers) {
        return settings("bucket", ENDPOINT, true, false, headers);
    }

    private static Answer page(SdkHttpRequest request) {
        boolean second =
                request.firstMatchingRawQueryParameter("continuation-token").isPresent();
        String keys = String.join(
                "",
                (second ? List.of("1", "10") : List.of("3", "2"))
                        .stream()
                                .map(
                                        key -> "<Contents><Key>prefix/log/" + key
                                                + "</Key><Size>1</Size><LastModified>2026-01-01T00:00:00Z</LastModified></Contents>")
                                .toList());
        String more = second
                ? "<IsTruncated>false</IsTruncated>"
                : "<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>";
        return new Answer(200, "<ListBucketResult>" + more + keys + "</ListBucketResult>");
    }

    private static Answer answerUpload(SdkHttpRequest request) {
        boolean uploads = request.rawQueryParameters().containsKey("uploads");
        return switch (request.method()) {
            case HEAD -> new Answer(404, "");
            case POST ->
                new Answer(
                        200,
                        uploads
                                ? "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>"
                                : "<CompleteMultipartUploadResult></CompleteMultipartUploadResult>");
            case GET -> request.encodedPath().endsWith("/a") ? new Answer(200, "abc") : listing(uploads);
            default -> Answer.OK;
        };
    }

    private static Answer listing(boolean uploads) {
        return new Answer(
                200,
                uploads
                        ? "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>"
                        : "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");
    }
}
