package dev.elanus.server;

import dev.elanus.engine.Database;
import dev.elanus.search.MeasuredRecall;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** How much of what exact searches find clients were given: {@code elanus_recall_found} of {@code elanus_recall_wanted}. */
@Singleton
class RecallMetrics {
    private final Database database;
    private final Metrics metrics;

    RecallMetrics(Database database, Metrics metrics) {
        this.database = database;
        this.metrics = metrics;
    }

    void register(@Observes StartupEvent start) {
        database.onRecall(this::count);
    }

    private void count(MeasuredRecall recall) {
        Tags labels = Tags.of(
                "db_name",
                recall.collection().database(),
                "collection_name",
                recall.collection().name(),
                "index_name",
                recall.index());
        metrics.add("elanus_recall_searches", labels, 1);
        metrics.add("elanus_recall_found", labels, recall.found());
        metrics.add("elanus_recall_wanted", labels, recall.wanted());
    }
}
