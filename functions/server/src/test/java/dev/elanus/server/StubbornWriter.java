package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Writes into a range of keys of its own through any of several servers, and goes on when there is no good answer: a refusal that promises that
 * nothing was applied is believed, anything else is looked up. Keeps beside it what must be there: for each key the operation that wrote it.
 */
final class StubbornWriter {
    static final long RANGE = 1_000_000;
    private static final int MAX_ROWS = 300;
    /** The code of Milvus that promises that nothing was applied. */
    private static final int RETRY_LATER = 2;

    private final Supplier<Rest> servers;
    private final String collection;
    private final long firstKey;
    private final SplittableRandom random;
    private final AtomicLong operations;
    /** When keys were deleted for sure, by {@link System#nanoTime}. */
    private final Map<Long, Long> deletedAt = new ConcurrentHashMap<>();

    private final Set<Long> deletionTried = ConcurrentHashMap.newKeySet();
    /** Replaced with every operation and never altered. */
    private volatile SortedMap<Long, Long> acknowledged = new TreeMap<>();

    private long nextKey;
    private long operation;
    private int unanswered;
    private int unknown;

    /** @param operations counts what was sent, of all writers together */
    StubbornWriter(
            Supplier<Rest> servers, String collection, int number, SplittableRandom random, AtomicLong operations) {
        this.servers = servers;
        this.collection = collection;
        this.firstKey = number * RANGE;
        this.random = random;
        this.operations = operations;
        this.nextKey = firstKey + 1;
    }

    int rowCount() {
        return acknowledged.size();
    }

    /** Operations without any answer: the server was killed. */
    int unanswered() {
        return unanswered;
    }

    /** Operations of which the server said that it does not know what became of them. */
    int unknown() {
        return unknown;
    }

    /** Writes until told to end; what was left open is looked up before this returns. */
    boolean write(BooleanSupplier ended) throws InterruptedException {
        while (!ended.getAsBoolean()) {
            operation++;
            operations.incrementAndGet();
            SortedMap<Long, Long> rows = acknowledged;
            int kind = random.nextInt(10);
            if (rows.size() < 12 || kind < 5 && rows.size() < MAX_ROWS) {
                List<Long> keys = LongStream.range(nextKey, nextKey + 1 + random.nextInt(8))
                        .boxed()
                        .toList();
                nextKey = keys.getLast() + 1;
                apply("entities/insert", data(keys), after -> keys.forEach(key -> after.put(key, operation)));
            } else if (kind < 8) {
                List<Long> keys = some(rows, 4);
                apply("entities/upsert", data(keys), after -> keys.forEach(key -> after.put(key, operation)));
            } else {
                List<Long> keys = some(rows, 3);
                deletionTried.addAll(keys);
                apply(
                        "entities/delete",
                        "'filter':'id in " + keys + "'",
                        after -> after.keySet().removeAll(keys));
            }
        }
        return true;
    }

    private interface Effect {
        void on(SortedMap<Long, Long> rows);
    }

    private void apply(String path, String content, Effect effect) throws InterruptedException {
        SortedMap<Long, Long> after = new TreeMap<>(acknowledged);
        effect.on(after);
        int code = send(path, content);
        if (code == 0) {
            become(after);
        } else if (code != RETRY_LATER) {
            unanswered += code < 0 ? 1 : 0;
            unknown += code < 0 ? 0 : 1;
            settle(after);
        }
    }

    /**
     * Finds out what became of an operation. First something else is written: once that is acknowledged, a request that is still on its way
     * somewhere has lost its place and can have no effect any more.
     */
    private void settle(SortedMap<Long, Long> after) throws InterruptedException {
        do {
            operation++;
            operations.incrementAndGet();
        } while (send("entities/upsert", data(List.of(firstKey))) != 0);
        SortedMap<Long, Long> before = new TreeMap<>(acknowledged);
        before.put(firstKey, operation);
        SortedMap<Long, Long> possible = new TreeMap<>(after);
        possible.put(firstKey, operation);
        SortedMap<Long, Long> found = read();
        assertThat(found)
                .as("writer of keys from %d after operation %d without an answer", firstKey, operation - 1)
                .isIn(before, possible);
        become(found);
    }

    /** Compares all that is there with all that was acknowledged. */
    void check(String when) throws InterruptedException {
        assertThat(read()).as("%s: keys from %d", when, firstKey).isEqualTo(acknowledged);
    }

    /** Reads the whole range at Strong, from another thread, and finds nothing older than what was acknowledged before it began. */
    boolean isReadWell(Rest rest) throws InterruptedException {
        SortedMap<Long, Long> before = acknowledged;
        long startedAt = System.nanoTime();
        SortedMap<Long, Long> found;
        try {
            found = find(rest);
        } catch (IOException _) {
            return false;
        }
        before.forEach((key, written) -> {
            if (found.containsKey(key)) {
                assertThat(found.get(key)).as("operation on key %d", key).isGreaterThanOrEqualTo(written);
            } else {
                assertThat(deletionTried).as("a key that was not found").contains(key);
            }
        });
        found.keySet()
                .forEach(key -> assertThat(deletedAt.getOrDefault(key, Long.MAX_VALUE) - startedAt)
                        .as("key %d was deleted before it was found", key)
                        .isPositive());
        return true;
    }

    private void become(SortedMap<Long, Long> after) {
        acknowledged.keySet().stream()
                .filter(key -> !after.containsKey(key))
                .forEach(key -> deletedAt.put(key, System.nanoTime()));
        acknowledged = after;
    }

    private SortedMap<Long, Long> read() throws InterruptedException {
        while (true) {
            try {
                return find(servers.get());
            } catch (IOException _) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    /** @throws IOException if there is no good answer */
    private SortedMap<Long, Long> find(Rest rest) throws IOException, InterruptedException {
        String range = "id >= " + firstKey + " and id < " + (firstKey + RANGE);
        JsonNode answer = rest.post(
                "entities/query",
                "{'collectionName':'" + collection + "','filter':'" + range
                        + "','outputFields':['id','op'],'limit':16384,'consistencyLevel':'Strong'}");
        if (answer.path("code").asInt(-1) != 0) {
            throw new IOException(answer.toString());
        }
        SortedMap<Long, Long> found = new TreeMap<>();
        for (JsonNode row : answer.path("data")) {
            Long twice = found.put(row.get("id").asLong(), row.get("op").asLong());
            assertThat(twice).as("key %s is there twice", row.get("id")).isNull();
        }
        return found;
    }

    /** @return the answer's code, or -1 if there was none */
    private int send(String path, String content) throws InterruptedException {
        try {
            return servers.get()
                    .post(path, "{'collectionName':'" + collection + "'," + content + "}")
                    .path("code")
                    .asInt(-1);
        } catch (ConnectException _) {
            // Nobody listens, so nothing was sent: the server is being started.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            return RETRY_LATER;
        } catch (IOException _) {
            return -1;
        }
    }

    private List<Long> some(SortedMap<Long, Long> rows, int most) {
        // The first key is the one by which open operations are settled, and may come back at any time.
        List<Long> all = new ArrayList<>(rows.tailMap(firstKey + 1).keySet());
        return random.ints(1 + random.nextInt(most), 0, all.size())
                .distinct()
                .mapToObj(all::get)
                .toList();
    }

    private String data(List<Long> keys) {
        return keys.stream()
                .map(key -> "{'id':" + key + ",'vector':" + CrashClient.vectorOf(key) + ",'op':" + operation + "}")
                .collect(Collectors.joining(",", "'data':[", "]"));
    }
}
