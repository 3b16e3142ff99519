package dev.elanus.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.ByteRange;
import dev.elanus.error.Denied;
import dev.elanus.error.Unavailable;
import dev.elanus.host.MachineHost;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/** The store over a real S3 server. */
class S3StoreTest extends ObjectStoreContract {
    private static final AtomicInteger PREFIXES = new AtomicInteger();
    private static S3Server server;
    private final StoreTraffic traffic = new StoreTraffic();
    private String prefix = "";

    @BeforeAll
    static void startServer(@TempDir Path folder) {
        server = S3Server.start(folder);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    ObjectStore open() {
        prefix = "database/" + PREFIXES.incrementAndGet();
        return server.settings(prefix).open(host, traffic);
    }

    @Test
    void aPutWhoseReplyWasLostIsReportedAsThatAndIsThere() throws IOException {
        try (FaultyProxy proxy = FaultyProxy.start(server.port(), 1);
                ObjectStore through = server.settings(prefix, proxy.port()).open(host, traffic)) {
            through.putIfAbsent("warm", text("the connection is open"));
            proxy.swallowNext(1);
            Put outcome = through.putIfAbsent("log/1", text("mine"));
            assertThat(outcome).isInstanceOf(Put.ReplyLost.class);
            assertThat(((Put.ReplyLost) outcome).cause())
                    .hasMessageContaining("s3://" + S3Server.BUCKET + "/" + prefix + "/log/1 at http://127.0.0.1:");
            assertThat(textOf("log/1")).isEqualTo("mine");
            assertThat(through.putIfAbsent("log/1", text("mine"))).isEqualTo(new Put.AlreadyThere());
        }
    }

    @Test
    void readsListsAndDeletesAreTriedAgainWhenTheirReplyWasLost() throws IOException {
        store.putIfAbsent("a", text("0123456789"));
        try (FaultyProxy proxy = FaultyProxy.start(server.port(), 1);
                ObjectStore through = server.settings(prefix, proxy.port()).open(host, traffic)) {
            proxy.swallowNext(2);
            assertThat(string(through.get("a").orElseThrow())).isEqualTo("0123456789");
            proxy.swallowNext(2);
            assertThat(through.list("", "", 10)).hasSize(1);
            proxy.swallowNext(2);
            through.replace("b", text("x"));
            proxy.swallowNext(2);
            through.delete("a");
            assertThat(store.get("a")).isEmpty();
            proxy.swallowNext(1000);
            assertThatThrownBy(() -> through.get("b"))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("/b at http://127.0.0.1:" + proxy.port());
        }
    }

    @Test
    void behindANetworkThatFailsEveryKeyHasOneWriterAndEveryReadIsWhole() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        try (FaultyProxy proxy = FaultyProxy.start(server.port(), seed);
                ObjectStore through = server.settings(prefix, proxy.port()).open(host, traffic)) {
            proxy.set(new FaultyProxy.Faults(0.05, 0.05, 0.1, 0.05, 0.05, 50));
            for (int round = 0; round < 20; round++) {
                String key = "race/" + round;
                List<CompletableFuture<Boolean>> wins = IntStream.range(0, 4)
                        .mapToObj(racer -> host.start(() -> wins(through, key, ("racer " + racer).repeat(999))))
                        .toList();
                assertThat(wins.stream().filter(host::await)).as(key).hasSize(1);
                assertThat(through.get(key).orElseThrow().byteSize()).isEqualTo(7 * 999);
            }
            assertThat(proxy.harmed()).isPositive();
            proxy.set(FaultyProxy.Faults.NONE);
            assertThat(through.list("race/", "", 100)).hasSize(20);
        }
    }

    /** Such a reply looks like one that has no Content-Length. */
    @Test
    void aReplyThatEndsAmongItsHeadersIsAskedForAgain() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Integer> answered = host.start(() -> {
                int answers = 0;
                for (String answer : List.of(
                        "HTTP/1.1 200 OK\r\nETag: \"x\"\r\n",
                        "HTTP/1.1 200 OK\r\nETag: \"x\"\r\nContent-Length: 3\r\n\r\nabc")) {
                    try (Socket connection = socket.accept()) {
                        BufferedReader request = new BufferedReader(
                                new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
                        for (String line = request.readLine(); line != null && !line.isEmpty(); ) {
                            line = request.readLine();
                        }
                        connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                        answers++;
                    } catch (IOException failure) {
                        throw new UncheckedIOException(failure);
                    }
                }
                return answers;
            });
            try (ObjectStore store =
                    server.settings(prefix, socket.getLocalPort()).open(host, traffic)) {
                assertThat(store.get("cut").orElseThrow().byteSize()).isEqualTo(3);
            }
            assertThat(host.await(answered)).isEqualTo(2);
        }
    }

    @Test
    void anObjectInPartsHasOneWinnerToo() {
        byte[][] contents = new byte[4][12_000_001];
        for (int racer = 0; racer < contents.length; racer++) {
            new SplittableRandom(racer).nextBytes(contents[racer]);
        }
        try (ObjectStore parts = inParts(server.settings(prefix))) {
            List<CompletableFuture<Put>> puts = IntStream.range(0, contents.length)
                    .mapToObj(racer -> host.start(() -> parts.putIfAbsent("large", Content.of(contents[racer]))))
                    .toList();
            List<Integer> winners = IntStream.range(0, contents.length)
                    .filter(racer -> host.await(puts.get(racer)) instanceof Put.Stored)
                    .boxed()
                    .toList();
            assertThat(winners).hasSize(1);
            assertThat(parts.get("large").orElseThrow().mismatch(MemorySegment.ofArray(contents[winners.getFirst()])))
                    .isEqualTo(-1);
            assertThat(parts.putIfAbsent("large", Content.of(contents[0]))).isEqualTo(new Put.AlreadyThere());
            assertThat(parts.list("", "", 10)).hasSize(1);
        }
    }

    @Test
    void aFileInPartsIsWhole() throws IOException {
        byte[] bytes = new byte[11_000_000];
        new SplittableRandom(5).nextBytes(bytes);
        Path file = Files.write(scratch.resolve("parts"), bytes);
        try (ObjectStore parts = inParts(server.settings(prefix))) {
            assertThat(parts.putIfAbsent("large", new Content.LocalFile(file, bytes.length)))
                    .isEqualTo(new Put.Stored());
            assertThat(parts.get("large").orElseThrow().mismatch(MemorySegment.ofArray(bytes)))
                    .isEqualTo(-1);
        }
    }

    @Test
    void partsOfAnUploadThatCameToNoEndAreFreedAfterAWhile() {
        S3Settings settings = server.settings(prefix);
        try (S3Client client = settings.client()) {
            for (String key : List.of(prefix + "/c/1/left", "other/c/1/theirs")) {
                String upload = client.createMultipartUpload(settings.requests().startUpload(key))
                        .uploadId();
                client.uploadPart(settings.requests().part(key, upload, 1), RequestBody.fromString("part"));
            }
            assertThat(store.abortLeftOvers(Instant.now().minusSeconds(3600))).isZero();
            assertThat(store.abortLeftOvers(Instant.now().plusSeconds(60))).isOne();
            assertThat(store.abortLeftOvers(Instant.now().plusSeconds(60))).isZero();
            assertThat(client.listMultipartUploads(
                                    settings.requests().uploads("").build())
                            .uploads())
                    .extracting(MultipartUpload::key)
                    .containsExactly("other/c/1/theirs");
        }
    }

    @Test
    void plainChecksumsWorkToo() {
        S3Settings usual = server.settings(prefix);
        S3Settings plain = new S3Settings(
                usual.bucket(),
                prefix,
                usual.endpoint(),
                usual.region(),
                true,
                true,
                usual.headers(),
                usual.credentials());
        try (ObjectStore simple = plain.open(host, traffic)) {
            StoreProbe.check(simple, host);
            simple.putIfAbsent("a", text("content"));
            assertThat(textOf("a")).isEqualTo("content");
        }
    }

    @Test
    void theWholeBucketIsAStoreToo() {
        try (ObjectStore whole = server.settings("").open(host, traffic)) {
            store.putIfAbsent("a", text("content"));
            assertThat(string(whole.get(prefix + "/a").orElseThrow())).isEqualTo("content");
            assertThat(whole.list(prefix, "", 10))
                    .extracting(ObjectStore.Listed::key)
                    .containsExactly(prefix + "/a");
        }
    }

    @Test
    void aWrongSecretIsDeniedWithTheBucketKeyAndEndpoint() {
        S3Settings usual = server.settings(prefix);
        S3Settings wrong = new S3Settings(
                usual.bucket(),
                prefix,
                usual.endpoint(),
                usual.region(),
                true,
                false,
                usual.headers(),
                StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Server.ACCESS_KEY, "guessed")));
        try (ObjectStore denied = wrong.open(host, traffic)) {
            assertThatThrownBy(() -> denied.putIfAbsent("a", text("x")))
                    .isInstanceOf(Denied.class)
                    .hasMessageContaining("s3://" + S3Server.BUCKET + "/" + prefix + "/a at http://127.0.0.1:");
            assertThatThrownBy(() -> denied.get("a")).isInstanceOf(Denied.class);
            assertThatThrownBy(() -> StoreProbe.check(denied, host))
                    .isInstanceOf(Denied.class)
                    .hasMessageContaining("cannot be written");
        }
    }

    @Test
    void aMissingBucketIsNotTakenForAnEmptyOne() {
        S3Settings usual = server.settings(prefix);
        S3Settings missing = new S3Settings(
                "no-such-bucket",
                prefix,
                usual.endpoint(),
                usual.region(),
                true,
                false,
                usual.headers(),
                usual.credentials());
        try (ObjectStore nowhere = missing.open(host, traffic)) {
            assertThatThrownBy(() -> nowhere.putIfAbsent("a", text("x")))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("s3://no-such-bucket/" + prefix + "/a");
            assertThatThrownBy(() -> nowhere.list("", "", 1)).isInstanceOf(Unavailable.class);
            assertThatThrownBy(() -> nowhere.get("a")).isInstanceOf(Unavailable.class);
            assertThatThrownBy(() -> nowhere.read("a", new ByteRange(0, 1))).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void aServerThatDoesNotListenIsUnavailable() throws IOException {
        try (ObjectStore nobody = server.settings(prefix, S3Server.freePort()).open(host, traffic)) {
            assertThatThrownBy(() -> nobody.putIfAbsent("a", text("x")))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("/a at http://127.0.0.1:")
                    .hasMessageContaining("refused");
            assertThatThrownBy(() -> nobody.get("a")).isInstanceOf(Unavailable.class);
        }
    }

    private ObjectStore inParts(S3Settings settings) {
        return new S3Store(
                settings.client(), settings.requests(), prefix, new MachineHost(1), traffic, 6_000_000, 5 << 20);
    }
}
