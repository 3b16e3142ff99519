package dev.elanus.builder;

import dev.elanus.engine.Database;
import dev.elanus.engine.SnapshotDescription;
import dev.elanus.host.MachineHost;
import dev.elanus.log.HybridClock;
import dev.elanus.schema.CollectionName;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Snapshots of a collection. */
@Command(
        name = "snapshot",
        description = "Keeps a collection as it is now, by name and without a copy.",
        mixinStandardHelpOptions = true)
class SnapshotCommand {
    @Command(name = "create", description = "Keeps the collection as it is now.", mixinStandardHelpOptions = true)
    int create(
            @Mixin StoreOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--description", defaultValue = "") String description) {
        try (MachineHost host = new MachineHost();
                Database database = options.openDatabase(host)) {
            print(database.createSnapshot(options.one(), name, description));
            return 0;
        }
    }

    @Command(name = "list", description = "Lists the collection's snapshots.", mixinStandardHelpOptions = true)
    int list(@Mixin StoreOptions options) {
        try (MachineHost host = new MachineHost();
                Database database = options.openDatabase(host)) {
            database.listSnapshots(options.one()).forEach(SnapshotCommand::print);
            return 0;
        }
    }

    @Command(name = "drop", description = "Lets a snapshot go.", mixinStandardHelpOptions = true)
    int drop(@Mixin StoreOptions options, @Parameters(paramLabel = "NAME") String name) {
        try (MachineHost host = new MachineHost();
                Database database = options.openDatabase(host)) {
            database.dropSnapshot(options.one(), name);
            return 0;
        }
    }

    @Command(
            name = "restore",
            description = "Makes a new collection of what a snapshot keeps.",
            mixinStandardHelpOptions = true)
    int restore(
            @Mixin StoreOptions options,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "TARGET") String target) {
        try (MachineHost host = new MachineHost();
                Database database = options.openDatabase(host)) {
            database.restoreSnapshot(options.one(), name, CollectionName.of(target));
            System.out.println(target + ": restored");
            return 0;
        }
    }

    private static void print(SnapshotDescription snapshot) {
        Instant taken = Instant.ofEpochMilli(snapshot.createdTimestamp() >>> HybridClock.COUNTER_BITS);
        System.out.println("%s: %,d rows, taken %s%s"
                .formatted(
                        snapshot.name(),
                        snapshot.rowCount(),
                        taken,
                        snapshot.description().isEmpty() ? "" : ": " + snapshot.description()));
    }
}
