package dev.elanus.server;

import dev.elanus.engine.Database;
import dev.elanus.engine.EngineStatus;
import dev.elanus.engine.EngineStatus.Held;
import dev.elanus.host.Host;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the database holds, under Milvus's names, as this process knows it: a store in trouble is when metrics are needed most, so none waits for
 * it, and ten thousand collections are not read for one scrape. Gauges of one scrape are of one moment.
 */
@Singleton
class StateGauges {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();

    private final Database database;
    private final Host host;
    private final MeterRegistry registry;
    private @Nullable State last;

    /** The engine at a {@link Host#nanoTime}. */
    private record State(long nanos, EngineStatus engine) {}

    StateGauges(Database database, Host host, MeterRegistry registry) {
        this.database = database;
        this.host = host;
        this.registry = registry;
    }

    void register(@Observes StartupEvent start) {
        held("milvus_rootcoord_collection_num", Held::collections);
        held("milvus_datacoord_collection_num", Held::collections);
        held("milvus_querynode_collection_num", Held::loaded);
        held("milvus_segment_count", Held::segments);
        held("milvus_datacoord_segment_num", Held::segments);
        held("milvus_querynode_segment_num", Held::segments);
        held("milvus_datacoord_stored_rows_num", Held::sealedRows);
        held("milvus_querynode_entity_num", held -> held.sealedRows() + held.unsealedRows());
        held("milvus_rootcoord_entity_num", held -> held.sealedRows() + held.unsealedRows());
        held("elanus_unsealed_rows", Held::unsealedRows);
        gauge("elanus_mirror_bytes", EngineStatus::mirrorBytes);
        gauge("elanus_unsealed_bytes", EngineStatus::unsealedBytes);
        gauge("elanus_reads_waiting", status -> status.reads().waiting());
        gauge("elanus_reads_reserved_bytes", status -> status.reads().reservedBytes());
        gauge("elanus_writes_waiting", status -> status.writes().waiting());
        gauge("elanus_writes_reserved_bytes", status -> status.writes().reservedBytes());
    }

    private void held(String name, ToDoubleFunction<Held> value) {
        gauge(name, status -> value.applyAsDouble(status.held()));
    }

    private void gauge(String name, ToDoubleFunction<EngineStatus> value) {
        registry.gauge(name, this, gauges -> value.applyAsDouble(gauges.status()));
    }

    private synchronized EngineStatus status() {
        State state = last;
        if (state == null || host.nanoTime() - state.nanos() > FRESH_NANOS) {
            state = new State(host.nanoTime(), database.status());
            last = state;
        }
        return state.engine();
    }
}
