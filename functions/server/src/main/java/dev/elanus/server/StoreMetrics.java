package dev.elanus.server;

import dev.elanus.storage.StoreTraffic;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;

/** What this process sends to its store, and how the store takes it. All stay zero over a folder. */
@Singleton
class StoreMetrics {
    private final StoreTraffic traffic;
    private final MeterRegistry registry;

    StoreMetrics(StoreTraffic traffic, MeterRegistry registry) {
        this.traffic = traffic;
        this.registry = registry;
    }

    void register(@Observes StartupEvent start) {
        count("elanus_store_requests", StoreTraffic::requests);
        count("elanus_store_retried", StoreTraffic::retried);
        count("elanus_store_throttled", StoreTraffic::throttled);
        count("elanus_store_hedged", StoreTraffic::hedged);
        count("elanus_store_hedges_won", StoreTraffic::hedgesWon);
    }

    /** The registry adds {@code _total} to the names of counters. */
    private void count(String name, ToDoubleFunction<StoreTraffic> value) {
        FunctionCounter.builder(name, traffic, value).register(registry);
    }
}
