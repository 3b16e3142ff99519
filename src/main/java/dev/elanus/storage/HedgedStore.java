package dev.elanus.storage;

import dev.elanus.column.ByteRange;
import dev.elanus.host.Host;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * A remote store whose reads do not wait for stragglers: a read without an answer after the time within which 95 % of its kind have one is
 * sent a second time, and the first answer wins (Dean and Barroso, "The Tail at Scale", 2013). At most one request in twenty is sent twice,
 * and none after the store asked to slow down. Writes are never sent twice. Closing it closes the store beneath.
 */
public final class HedgedStore implements ObjectStore {
    private static final double STRAGGLES_AFTER = 0.95;
    /** Below this a second request costs more than it can save. */
    private static final Duration LEAST = Duration.ofMillis(10);
    /** While too few answers are known: longer than most stores take for nearly all requests. */
    private static final Duration UNKNOWN = Duration.ofMillis(200);
    /** How long the store is spared after it asked to slow down. */
    private static final long SPARED_NANOS = Duration.ofSeconds(10).toNanos();

    private static final long SMALL_BYTES = 256 << 10;
    private static final long MEDIUM_BYTES = 4 << 20;

    /** Requests that take about as long. */
    private enum Kind {
        GET,
        SMALL_READ,
        MEDIUM_READ,
        LARGE_READ,
        LIST
    }

    private final ObjectStore store;
    private final Host host;
    private final StoreTraffic traffic;
    private final HedgeAllowance allowance = new HedgeAllowance();
    private final Map<Kind, RecentLatency> latencies = new EnumMap<>(Kind.class);
    private volatile long throttled;
    private volatile long sparedUntil;

    /** @param traffic where hedges are counted, and where the store beneath counts that it was asked to slow down */
    public HedgedStore(ObjectStore store, Host host, StoreTraffic traffic) {
        this.store = store;
        this.host = host;
        this.traffic = traffic;
        this.sparedUntil = host.nanoTime();
        for (Kind kind : Kind.values()) {
            latencies.put(kind, new RecentLatency());
        }
    }

    @Override
    public String describe() {
        return store.describe();
    }

    @Override
    public Put putIfAbsent(String key, Content content) {
        return store.putIfAbsent(key, content);
    }

    @Override
    public void replace(String key, Content content) {
        store.replace(key, content);
    }

    @Override
    public Optional<MemorySegment> get(String key) {
        return hedged(Kind.GET, () -> store.get(key));
    }

    @Override
    public MemorySegment read(String key, ByteRange range) {
        Kind kind = range.length() <= SMALL_BYTES
                ? Kind.SMALL_READ
                : range.length() <= MEDIUM_BYTES ? Kind.MEDIUM_READ : Kind.LARGE_READ;
        return hedged(kind, () -> store.read(key, range));
    }

    @Override
    public List<Listed> list(String prefix, String startAfter, int limit) {
        return hedged(Kind.LIST, () -> store.list(prefix, startAfter, limit));
    }

    @Override
    public void delete(String key) {
        store.delete(key);
    }

    @Override
    public int abortLeftOvers(Instant before) {
        return store.abortLeftOvers(before);
    }

    @Override
    public String trouble() {
        return store.trouble();
    }

    @Override
    public Optional<Path> localFile(String key) {
        return store.localFile(key);
    }

    @Override
    public void close() {
        store.close();
    }

    private <T> T hedged(Kind kind, Supplier<T> request) {
        RecentLatency latency = latency(kind);
        allowance.earn();
        // How long the store is spared counts from when it asked, not from when a request has waited in vain.
        noticeThrottling();
        CompletableFuture<T> first = host.start(() -> timed(latency, request));
        Duration usual = latency.percentile(STRAGGLES_AFTER, UNKNOWN);
        if (host.await(first, usual.compareTo(LEAST) < 0 ? LEAST : usual) || isSpared() || !allowance.take()) {
            return host.await(first);
        }
        traffic.countHedge();
        CompletableFuture<T> second = host.start(() -> timed(latency, request));
        return host.await(firstGood(first, second));
    }

    private RecentLatency latency(Kind kind) {
        return Objects.requireNonNull(latencies.get(kind));
    }

    private <T> T timed(RecentLatency latency, Supplier<T> request) {
        long startedAt = host.nanoTime();
        T answer = request.get();
        latency.add(host.nanoTime() - startedAt);
        return answer;
    }

    /** Two requests at the same time are the last thing that a store needs which cannot serve one. */
    private boolean isSpared() {
        noticeThrottling();
        return sparedUntil - host.nanoTime() > 0;
    }

    private void noticeThrottling() {
        long count = traffic.throttled();
        if (count != throttled) {
            throttled = count;
            sparedUntil = host.nanoTime() + SPARED_NANOS;
        }
    }

    /** The first answer that is no failure; if both fail, the failure of the first. */
    private <T> CompletableFuture<T> firstGood(CompletableFuture<T> first, CompletableFuture<T> second) {
        CompletableFuture<T> winner = new CompletableFuture<>();
        AtomicInteger failed = new AtomicInteger();
        for (CompletableFuture<T> each : List.of(first, second)) {
            each.whenComplete((answer, failure) -> {
                if (failure == null) {
                    // Counted before it is told, so that who has the answer finds it counted.
                    if (each == second && !winner.isDone()) {
                        traffic.countHedgeWon();
                    }
                    winner.complete(answer);
                } else if (failed.incrementAndGet() == 2) {
                    first.whenComplete((_, cause) -> winner.completeExceptionally(cause == null ? failure : cause));
                }
            });
        }
        return winner;
    }
}
