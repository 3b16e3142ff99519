package dev.elanus.engine;

import dev.elanus.column.Columns;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.log.LogEntry;
import dev.elanus.log.PartitionColumn;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.Partition;

/** Which partition rows are written to. */
record WritePartition(int number) {
    /**
     * @param name empty for the default one
     * @throws NotFound if there is none of that name
     * @throws Invalid if one is named where a key decides
     */
    static WritePartition of(Manifest manifest, String name) {
        checkName(manifest, name);
        return new WritePartition(
                name.isEmpty()
                        ? Partition.DEFAULT_NUMBER
                        : manifest.partitions().partition(name).number());
    }

    /** The one partition that rows are deleted of, or {@link LogEntry#EVERYWHERE} where none is named. */
    static int deletedIn(Manifest manifest, String name) {
        checkName(manifest, name);
        return name.isEmpty()
                ? LogEntry.EVERYWHERE
                : manifest.partitions().partition(name).number();
    }

    /** Where rows of the same keys make room: keys are unique within a partition alone. */
    int deletedIn() {
        return number;
    }

    /** The rows with what tells their partition. */
    Columns mark(Columns rows) {
        return number == Partition.DEFAULT_NUMBER ? rows : PartitionColumn.present(rows, number);
    }

    private static void checkName(Manifest manifest, String name) {
        if (!name.isEmpty() && manifest.partitions().areKeyed()) {
            throw new Invalid("not support manually specifying the partition names if partition key mode is used");
        }
    }
}
