package dev.elanus.server.demo;

import dev.elanus.engine.Database;
import dev.elanus.engine.IndexDescription;
import dev.elanus.host.Host;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Inserts the pictures once for each kind of index, seals and indexes them, and measures searches. */
@Singleton
public class Demo {
    private static final Duration LOOK = Duration.ofMillis(100);
    private final Database database;
    private final Host host;
    private final Pictures pictures = Pictures.read("pictures");
    private final Pictures queries = Pictures.read("queries");
    private volatile List<Measured> measured = List.of();

    Demo(Database database, Host host) {
        this.database = database;
        this.host = host;
    }

    /** Does all of it, with progress and numbers on standard output. */
    public void run() {
        long start = host.nanoTime();
        for (DemoCollection collection : DemoCollection.ALL) {
            database.dropCollection(collection.name());
            collection.create(database);
        }
        int rows = pictures.count() * DemoCollection.ALL.size();
        try (ProgressBar bar = bar("insert pictures", rows)) {
            DemoCollection.ALL.forEach(collection -> collection.insert(database, pictures, bar::stepBy));
        }
        try (ProgressBar bar = bar("seal and index", rows)) {
            DemoCollection.ALL.forEach(collection -> seal(collection, bar));
        }
        List<Measured> results = new ArrayList<>();
        try (ProgressBar bar = bar("search", (long) queries.count() * DemoCollection.ALL.size())) {
            List<Set<Object>> truth = Measured.truth(database, queries);
            for (DemoCollection collection : DemoCollection.ALL) {
                results.add(Measured.of(database, host, collection, queries, truth, _ -> bar.step()));
            }
        }
        measured = List.copyOf(results);
        print(start);
    }

    Pictures pictures() {
        return pictures;
    }

    Pictures queries() {
        return queries;
    }

    /** What was measured; empty before {@link #run} is through, and where it never ran. */
    List<Measured> measured() {
        return measured;
    }

    /** Seals what was inserted, and waits until its index is built: until then a search would scan. */
    private void seal(DemoCollection collection, ProgressBar bar) {
        bar.setExtraMessage(" " + collection.kind());
        long before = bar.getCurrent();
        database.flush(collection.name());
        long indexed = 0;
        while (indexed < pictures.count()) {
            IndexDescription index = database.describeIndexes(collection.name()).getFirst();
            indexed = index.indexedRows();
            bar.stepTo(before + Math.min(indexed, pictures.count()));
            host.pause(LOOK);
        }
    }

    private void print(long start) {
        System.out.printf(
                "%n%,d pictures of %d pixels in each of %d collections; %d queries that are none of them, one at a time, k = 10%n%n",
                pictures.count(), Pictures.PIXELS, DemoCollection.ALL.size(), queries.count());
        System.out.println(Measured.heading());
        measured.forEach(one -> System.out.println(one.line()));
        System.out.printf("%nkernel: %s%n", database.status().kernel());
        System.out.printf("all of it took %.1f s%n", (host.nanoTime() - start) / 1e9);
    }

    private static ProgressBar bar(String task, long max) {
        // Into a file or a pipe, where lines stay, a bar says little and seldom.
        boolean watched = System.console() != null && System.console().isTerminal();
        return new ProgressBarBuilder()
                .setTaskName(task)
                .setInitialMax(max)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(watched ? 200 : 10_000)
                .setMaxRenderedLength(110)
                .build();
    }
}
