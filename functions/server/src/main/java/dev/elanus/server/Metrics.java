package dev.elanus.server;

import dev.elanus.search.RequestCost;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.milvus.grpc.Status;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * Counters and latencies under Milvus's names, so that its dashboards work, and what reads cost under names of our own. Milvus's counters do
 * not end in {@code _total}, which a counter must here, so they are gauges that only grow.
 */
@Singleton
class Metrics {
    /** Milliseconds: 1, 2, 4, …, 131072. */
    private static final double[] BUCKETS =
            IntStream.rangeClosed(0, 17).mapToDouble(power -> 1L << power).toArray();

    private final MeterRegistry registry;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    Metrics(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("milvus_rootcoord_proxy_num", 1);
    }

    void count(Call call, Status status, long nanos) {
        String collection = call.collection() == null ? "" : call.collection().name();
        Tags labels = Tags.of("db_name", "default", "collection_name", collection);
        String outcome = status.getCode() == 0 ? "success" : "fail";
        double millis = nanos / 1e6;
        add("milvus_proxy_req_count", labels.and("function_name", call.function(), "status", outcome), 1);
        record("milvus_proxy_req_latency", labels.and("function_name", call.function()), millis);
        if (status.getCode() != 0) {
            return;
        }
        switch (call.function()) {
            case "Search" -> {
                record("milvus_proxy_sq_latency", labels.and("query_type", "search"), millis);
                record("milvus_proxy_search_latency", labels, millis);
                add("milvus_proxy_search_vectors_count", labels, call.rows());
            }
            case "Query" -> record("milvus_proxy_sq_latency", labels.and("query_type", "query"), millis);
            case "Insert" -> written("insert", labels, call, millis);
            case "Upsert" -> written("upsert", labels, call, millis);
            case "Delete" -> written("delete", labels, call, millis);
            default -> {}
        }
        RequestCost cost = call.cost();
        if (cost != null) {
            add("elanus_read_waves", labels, cost.waves());
            add("elanus_read_gets", labels, cost.gets());
            add("elanus_read_bytes", labels, cost.bytesRead());
            add("elanus_rows_scanned", labels, cost.rowsScanned());
            add("elanus_segments_searched", labels, cost.segmentsSearched());
            add("elanus_segments_pruned", labels, cost.segmentsPruned());
        }
    }

    private void written(String kind, Tags labels, Call call, double millis) {
        record("milvus_proxy_mutation_latency", labels.and("msg_type", kind), millis);
        add("milvus_proxy_" + kind + "_vectors_count", labels, call.rows());
    }

    /** Counts on. */
    void add(String name, Tags labels, long amount) {
        counts.computeIfAbsent(name + labels, _ -> {
                    LongAdder adder = new LongAdder();
                    Gauge.builder(name, adder, LongAdder::sum).tags(labels).register(registry);
                    return adder;
                })
                .add(amount);
    }

    private void record(String name, Tags labels, double millis) {
        DistributionSummary.builder(name)
                .tags(labels)
                .serviceLevelObjectives(BUCKETS)
                .register(registry)
                .record(millis);
    }
}
