package dev.elanus.server;

import dev.elanus.engine.CollectionDescription;
import dev.elanus.engine.Database;
import dev.elanus.engine.EngineStatus;
import dev.elanus.engine.SegmentDescription;
import dev.elanus.host.Host;
import dev.elanus.schema.CollectionName;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the database holds, under Milvus's names. It is looked up when metrics are asked for, on the thread that answers them, and not more
 * often than every few seconds.
 */
@Singleton
class StateGauges {
    private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();
    /** A store in trouble is when metrics are needed most: those that need no store must not wait for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Database database;
    private final Host host;
    private final MeterRegistry registry;
    private @Nullable State last;
    private @Nullable CompletableFuture<State> looking;
    private long givenUpAt;

    /** Counts over all collections, at a {@link Host#nanoTime}. */
    private record State(long nanos, int collections, int loaded, long segments, long sealedRows, long rows) {}

    StateGauges(Database database, Host host, MeterRegistry registry) {
        this.database = database;
        this.host = host;
        this.registry = registry;
        this.givenUpAt = host.nanoTime() - FRESH_NANOS;
    }

    void register(@Observes StartupEvent start) {
        gauge("milvus_rootcoord_collection_num", State::collections);
        gauge("milvus_datacoord_collection_num", State::collections);
        gauge("milvus_querynode_collection_num", State::loaded);
        gauge("milvus_segment_count", State::segments);
        gauge("milvus_datacoord_segment_num", State::segments);
        gauge("milvus_querynode_segment_num", State::segments);
        gauge("milvus_datacoord_stored_rows_num", State::sealedRows);
        gauge("milvus_querynode_entity_num", State::rows);
        gauge("milvus_rootcoord_entity_num", State::rows);
        gauge("elanus_unsealed_rows", state -> Math.max(0, state.rows - state.sealedRows));
        now("elanus_mirror_bytes", EngineStatus::mirrorBytes);
        now("elanus_unsealed_bytes", EngineStatus::unsealedBytes);
        now("elanus_reads_waiting", status -> status.reads().waiting());
        now("elanus_reads_reserved_bytes", status -> status.reads().reservedBytes());
        now("elanus_writes_waiting", status -> status.writes().waiting());
        now("elanus_writes_reserved_bytes", status -> status.writes().reservedBytes());
    }

    /** A figure of this process, which asks the store for nothing. */
    private void now(String name, ToDoubleFunction<EngineStatus> value) {
        registry.gauge(name, database, known -> value.applyAsDouble(known.status()));
    }

    private void gauge(String name, ToDoubleFunction<State> value) {
        registry.gauge(name, this, gauges -> {
            State state = gauges.state();
            return state == null ? Double.NaN : value.applyAsDouble(state);
        });
    }

    /** Null where the store does not answer in time. Nobody waits for it then for a while, but the look goes on. */
    private @Nullable State state() {
        CompletableFuture<State> current;
        synchronized (this) {
            if (last != null && host.nanoTime() - last.nanos < FRESH_NANOS) {
                return last;
            }
            if (host.nanoTime() - givenUpAt < FRESH_NANOS) {
                return null;
            }
            if (looking == null || looking.isDone()) {
                looking = host.start(this::look);
            }
            current = looking;
        }
        if (host.await(current, PATIENCE) && !current.isCompletedExceptionally()) {
            State found = host.await(current);
            synchronized (this) {
                last = found;
            }
            return found;
        }
        synchronized (this) {
            givenUpAt = host.nanoTime();
        }
        return null;
    }

    private State look() {
        int collections = 0;
        int loaded = 0;
        long segments = 0;
        long sealedRows = 0;
        long rows = 0;
        for (CollectionDescription collection : database.listCollections(CollectionName.DEFAULT_DATABASE)) {
            collections++;
            loaded += collection.loaded() ? 1 : 0;
            rows += database.rowCount(collection.name());
            for (SegmentDescription segment : database.segments(collection.name())) {
                segments++;
                sealedRows += segment.rowCount() - segment.deletedCount();
            }
        }
        return new State(host.nanoTime(), collections, loaded, segments, sealedRows, rows);
    }
}
