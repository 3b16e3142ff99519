package dev.elanus.engine;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.Keys;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.log.LogEntry;
import dev.elanus.log.PartitionColumn;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.Partition;
import dev.elanus.manifest.Partitions;
import java.util.List;

/** Which partitions rows are written to: the one that is named, or those that their partition key says. */
record WritePartition(Partitions partitions, int number) {
    /**
     * @param name empty for the default one, or for what the key says
     * @throws NotFound if there is none of that name
     * @throws Invalid if one is named where a key decides
     */
    static WritePartition of(Manifest manifest, String name) {
        int named = deletedIn(manifest, name);
        return new WritePartition(
                manifest.partitions(), named == LogEntry.EVERYWHERE ? Partition.DEFAULT_NUMBER : named);
    }

    /** The one partition that rows are deleted of, or {@link LogEntry#EVERYWHERE} where none is named. */
    static int deletedIn(Manifest manifest, String name) {
        if (name.isEmpty()) {
            return LogEntry.EVERYWHERE;
        }
        PartitionRules.checkName(name);
        if (manifest.partitions().areKeyed()) {
            throw new Invalid(
                    Invalid.Reason.UNNUMBERED,
                    "not support manually specifying the partition names if partition key mode is used");
        }
        return manifest.partitions().partition(name).number();
    }

    /** The names of the partitions that the rows of a key may be in; none for all. */
    List<String> names() {
        return partitions.all().stream()
                .filter(partition -> !partitions.areKeyed() && partition.number() == number)
                .map(Partition::name)
                .toList();
    }

    /** Where rows of the same primary keys make room: those are unique within a partition, or wherever the key may have sent them. */
    int deletedIn() {
        return partitions.areKeyed() ? LogEntry.EVERYWHERE : number;
    }

    /** The rows with what tells their partition. */
    Columns mark(Columns rows) {
        if (!partitions.areKeyed()) {
            return number == Partition.DEFAULT_NUMBER ? rows : PartitionColumn.present(rows, number);
        }
        Column keys = rows.column(partitions.keyFieldId());
        int[] numbers = new int[rows.rowCount()];
        for (int row = 0; row < numbers.length; row++) {
            numbers[row] = partitions.numberOf(Keys.valueAt(keys, row));
        }
        return PartitionColumn.with(rows, numbers);
    }
}
