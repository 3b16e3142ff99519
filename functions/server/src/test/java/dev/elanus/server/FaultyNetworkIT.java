package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elanus.storage.FaultyProxy;
import dev.elanus.storage.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three servers over one bucket behind a network that delays, cuts connections and swallows replies, eight writers, four readers, one that
 * flushes, and kill -9 of a server now and then. Nothing that was acknowledged is lost, nothing is there twice, reads are not older than they
 * promise. The number of operations is {@code -Delanus.operations}, the seed {@code -Dseed}.
 */
class FaultyNetworkIT {
    private static final int OPERATIONS = Integer.getInteger("elanus.operations", 400);
    private static final int SERVERS = 3;
    private static final int WRITERS = 8;
    private static final int READERS = 4;
    private static final String COLLECTION = "network";
    private static final int MILLIS_BETWEEN_KILLS = 6_000;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final AtomicLong operations = new AtomicLong();
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong kills = new AtomicLong();

    @TempDir
    Path folder;

    @Test
    void nothingIsLostOrDoubledBehindANetworkThatFails() throws Exception {
        System.out.println("FaultyNetworkIT: seed " + seed + ", operations " + OPERATIONS);
        List<ServerProcess> servers = new ArrayList<>();
        try (S3Server s3 = S3Server.start(Files.createDirectories(folder.resolve("s3")));
                FaultyProxy proxy = FaultyProxy.start(s3.port(), random.nextLong());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < SERVERS; i++) {
                servers.add(server(i, proxy.port()));
            }
            List<Rest> rests =
                    servers.stream().map(each -> new Rest(each.uri())).toList();
            rests.getFirst()
                    .data(
                            "collections/create",
                            "{'collectionName':'" + COLLECTION + "','dimension':4,'metricType':'L2'}");
            proxy.set(FaultyProxy.Faults.OFTEN);
            List<StubbornWriter> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(new StubbornWriter(anyOf(rests), COLLECTION, i, random.split(), operations));
            }
            long startedAt = System.nanoTime();
            run(threads, writers, servers, rests);
            double seconds = (System.nanoTime() - startedAt) / 1e9;
            checkAll(writers, rests);
            System.out.printf(
                    "FaultyNetworkIT: %d operations in %.0f s, %d without an answer, %d unknown to the server, %d reads, %d kills, "
                            + "%d faults of the network, %d rows left%n",
                    operations.get(),
                    seconds,
                    writers.stream().mapToInt(StubbornWriter::unanswered).sum(),
                    writers.stream().mapToInt(StubbornWriter::unknown).sum(),
                    reads.get(),
                    kills.get(),
                    proxy.harmed(),
                    writers.stream().mapToInt(StubbornWriter::rowCount).sum());
            proxy.set(FaultyProxy.Faults.NONE);
            rests.forEach(Rest::close);
            servers.forEach(ServerProcess::close);
            servers.clear();
        } finally {
            servers.forEach(ServerProcess::kill);
        }
    }

    private void run(
            ExecutorService threads, List<StubbornWriter> writers, List<ServerProcess> servers, List<Rest> rests)
            throws Exception {
        BooleanSupplier enough = () -> operations.get() >= OPERATIONS;
        List<Future<Boolean>> writing = new ArrayList<>();
        writers.forEach(writer -> writing.add(threads.submit(() -> writer.write(enough))));
        BooleanSupplier written = () -> writing.stream().allMatch(Future::isDone);
        List<Future<Boolean>> beside = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            SplittableRandom own = random.split();
            Supplier<Rest> any = anyOf(rests);
            beside.add(threads.submit(() -> {
                while (!written.getAsBoolean()) {
                    if (writers.get(own.nextInt(WRITERS)).isReadWell(any.get())) {
                        reads.incrementAndGet();
                    }
                    pause(own.nextInt(100));
                }
                return true;
            }));
        }
        Supplier<Rest> flushed = anyOf(rests);
        beside.add(threads.submit(() -> {
            while (!written.getAsBoolean()) {
                flush(flushed.get());
                pause(1_000);
            }
            return true;
        }));
        while (!written.getAsBoolean()) {
            pause(MILLIS_BETWEEN_KILLS / 2 + random.nextInt(MILLIS_BETWEEN_KILLS));
            restart(servers.get(random.nextInt(SERVERS)));
        }
        for (Future<Boolean> each : writing) {
            assertThat(each.get()).isTrue();
        }
        for (Future<Boolean> each : beside) {
            assertThat(each.get()).isTrue();
        }
    }

    private void checkAll(List<StubbornWriter> writers, List<Rest> rests) throws Exception {
        String when = "seed " + seed + ", at the end";
        long expected = 0;
        for (StubbornWriter writer : writers) {
            writer.check(when);
            expected += writer.rowCount();
        }
        for (Rest rest : rests) {
            JsonNode answer;
            do {
                answer = rest.post(
                        "entities/query",
                        "{'collectionName':'" + COLLECTION
                                + "','filter':'','outputFields':['count(*)'],'consistencyLevel':'Strong'}");
            } while (answer.path("code").asInt(-1) != 0);
            assertThat(answer.at("/data/0/count(*)").asLong())
                    .as("%s: count", when)
                    .isEqualTo(expected);
        }
    }

    /** A server may find its store out of reach when it starts; then it says so and ends, and is started again. */
    private void restart(ServerProcess server) throws IOException {
        kills.incrementAndGet();
        AssertionError failed = null;
        for (int attempt = 0; attempt < 5; attempt++) {
            try {
                server.killAndRestart();
                return;
            } catch (AssertionError failure) {
                failed = failure;
            }
        }
        throw failed;
    }

    private ServerProcess server(int number, int port) throws IOException {
        return CrashIT.onBucket(Files.createDirectories(folder.resolve("server-" + number)), port);
    }

    private Supplier<Rest> anyOf(List<Rest> rests) {
        SplittableRandom own = random.split();
        return () -> {
            synchronized (own) {
                return rests.get(own.nextInt(rests.size()));
            }
        };
    }

    private static void flush(Rest rest) throws InterruptedException {
        try {
            rest.post("collections/flush", "{'collectionName':'" + COLLECTION + "'}");
        } catch (IOException _) {
            // The server was killed, or could not reach its store in time: nothing depends on it.
        }
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
}
