package dev.elanus.builder;

import dev.elanus.engine.Database;
import dev.elanus.engine.IndexDescription;
import dev.elanus.engine.SegmentDescription;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How much of what exact searches find the indexes of a collection find. */
@Command(
        name = "recall",
        description =
                "Prints the recall of a collection's indexes: measured when they were built, and by a running server.",
        mixinStandardHelpOptions = true)
class RecallCommand implements Callable<Integer> {
    @Mixin
    StoreOptions options = new StoreOptions();

    @Parameters(paramLabel = "COLLECTION", description = "Its name, or DATABASE.NAME.")
    String collection = "";

    @Option(
            names = "--server",
            defaultValue = "http://127.0.0.1:9091",
            description = "The management address of a server (default: ${DEFAULT-VALUE}).")
    URI server = URI.create("http://127.0.0.1:9091");

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        CollectionName name = CollectionName.of(collection);
        try (MachineHost host = new MachineHost();
                Database database = options.openDatabase(host)) {
            List<IndexDescription> indexes = database.describeIndexes(name);
            List<SegmentDescription> segments = database.segments(name);
            ServedRecall served = ServedRecall.ask(server);
            PrintWriter out = spec.commandLine().getOut();
            for (IndexDescription index : indexes) {
                out.println(index.name() + " on " + index.fieldName() + ", "
                        + index.params().getOrDefault("index_type", "") + ":");
                out.println("  when built: " + whenBuilt(index, segments));
                out.println("  served:     " + served.of(name, index.name()));
            }
            if (indexes.isEmpty()) {
                out.println(collection + " has no indexes: every search compares every row");
            }
            out.flush();
            return 0;
        }
    }

    private static String whenBuilt(IndexDescription index, List<SegmentDescription> segments) {
        double sum = 0;
        long rows = 0;
        double lowest = 1;
        int count = 0;
        for (SegmentDescription segment : segments) {
            Optional<Double> recall =
                    Optional.ofNullable(segment.recallByIndex().get(index.name()));
            if (recall.isPresent()) {
                sum += recall.get() * segment.rowCount();
                rows += segment.rowCount();
                lowest = Math.min(lowest, recall.get());
                count++;
            }
        }
        String scanned = index.totalRows() > rows
                ? "; %,d rows in other segments are compared one by one".formatted(index.totalRows() - rows)
                : "";
        return count == 0
                ? "no segment has it" + scanned
                : "recall@10 %.4f over %,d rows, lowest of %d segments %.4f%s"
                        .formatted(sum / rows, rows, count, lowest, scanned);
    }
}
