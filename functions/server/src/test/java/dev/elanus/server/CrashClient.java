package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Writes into a range of keys of its own, one operation after the other, and keeps beside it what must be there: for each key the number of the
 * operation that wrote it. Stops at the first operation without a good answer, which may have happened whole or not at all.
 */
final class CrashClient {
    private static final long RANGE = 1_000_000;
    private static final int MAX_ROWS = 1_500;

    private final Rest rest;
    private final String collection;
    private final long firstKey;
    private final SplittableRandom random;
    private SortedMap<Long, Long> acknowledged = new TreeMap<>();
    private SortedMap<Long, Long> afterInFlight = acknowledged;
    private long nextKey;
    private long operation;
    private String refusal = "";
    private volatile boolean stopped;

    CrashClient(Rest rest, String collection, int number, SplittableRandom random) {
        this.rest = rest;
        this.collection = collection;
        this.firstKey = number * RANGE;
        this.random = random;
        this.nextKey = firstKey;
    }

    /** Operations that were sent so far. */
    long operations() {
        return operation;
    }

    /** Rows that are there as of the last {@link #check}. */
    int rowCount() {
        return acknowledged.size();
    }

    void stop() {
        stopped = true;
    }

    /** Writes until it is stopped or gets no good answer. @return what was wrong with the answer, empty if it was stopped */
    String write() throws InterruptedException {
        stopped = false;
        refusal = "";
        while (!stopped && refusal.isEmpty()) {
            operation++;
            int kind = random.nextInt(10);
            boolean grows = acknowledged.size() < 10 || kind < 5 && acknowledged.size() < MAX_ROWS;
            if (grows) {
                List<Long> keys = LongStream.range(nextKey, nextKey + 1 + random.nextInt(8))
                        .boxed()
                        .toList();
                nextKey = keys.getLast() + 1;
                send("entities/insert", rows(keys), rows -> put(rows, keys));
            } else if (kind < 8) {
                List<Long> keys = some(4);
                send("entities/upsert", rows(keys), rows -> put(rows, keys));
            } else {
                List<Long> keys = some(3);
                String filter = "'filter':'id in " + keys + "'";
                send("entities/delete", filter, rows -> {
                    rows.keySet().removeAll(keys);
                    return rows;
                });
            }
        }
        return refusal;
    }

    /** Reads the whole range and finds every acknowledged operation, and the one in flight whole or not at all. */
    void check(String when) throws IOException, InterruptedException {
        String range = "id >= " + firstKey + " and id < " + (firstKey + RANGE);
        JsonNode data = rest.data(
                "entities/query",
                "{'collectionName':'" + collection + "','filter':'" + range
                        + "','outputFields':['id','op'],'limit':16384,'consistencyLevel':'Strong'}");
        SortedMap<Long, Long> found = new TreeMap<>();
        for (JsonNode row : data) {
            Long before = found.put(row.get("id").asLong(), row.get("op").asLong());
            assertThat(before)
                    .as("%s: key %s is there twice", when, row.get("id"))
                    .isNull();
        }
        assertThat(found)
                .as("%s: client of keys from %d after %d operations", when, firstKey, operation)
                .isIn(acknowledged, afterInFlight);
        acknowledged = found;
        afterInFlight = found;
    }

    private void send(String path, String content, UnaryOperator<SortedMap<Long, Long>> effect)
            throws InterruptedException {
        afterInFlight = effect.apply(new TreeMap<>(acknowledged));
        try {
            JsonNode answer = rest.post(path, "{'collectionName':'" + collection + "'," + content + "}");
            if (answer.path("code").asInt(-1) == 0) {
                acknowledged = afterInFlight;
            } else {
                refusal = path + ": " + answer;
            }
        } catch (IOException failure) {
            // The server is gone: whether it had done the work shows later.
            refusal = path + ": " + failure;
        }
    }

    private SortedMap<Long, Long> put(SortedMap<Long, Long> rows, List<Long> keys) {
        keys.forEach(key -> rows.put(key, operation));
        return rows;
    }

    private List<Long> some(int most) {
        List<Long> all = new ArrayList<>(acknowledged.keySet());
        return random.ints(1 + random.nextInt(most), 0, all.size())
                .distinct()
                .mapToObj(all::get)
                .toList();
    }

    private String rows(List<Long> keys) {
        return keys.stream()
                .map(key -> "{'id':" + key + ",'vector':" + vectorOf(key) + ",'op':" + operation + "}")
                .collect(Collectors.joining(",", "'data':[", "]"));
    }

    /** A vector that belongs to a key alone. */
    static String vectorOf(long key) {
        SplittableRandom random = new SplittableRandom(key);
        return random.doubles(4).mapToObj(Double::toString).toList().toString();
    }
}
