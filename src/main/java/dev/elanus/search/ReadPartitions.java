package dev.elanus.search;

import dev.elanus.column.Columns;
import dev.elanus.column.RowSet;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.filter.FieldValues;
import dev.elanus.log.PartitionColumn;
import dev.elanus.log.Tail;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.Partition;
import dev.elanus.manifest.Partitions;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.schema.CollectionSchema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;

/**
 * The partitions that a request reads. Rows of others, dropped ones among them, are left out.
 *
 * @param allowed their numbers; not changed
 */
record ReadPartitions(BitSet allowed) {
    /**
     * The loaded ones among those that a client names, or all that are loaded.
     *
     * @throws Invalid if one is not there or not loaded, or names are not allowed
     */
    static ReadPartitions loaded(Manifest manifest, List<String> names) {
        List<Partition> named = new ArrayList<>();
        List<Long> missing = new ArrayList<>();
        checkNames(manifest, names);
        for (String name : names) {
            Partition partition = manifest.partitions()
                    .find(name)
                    .orElseThrow(() -> new Invalid("partition name " + name + " not found"));
            named.add(partition);
            if (!partition.loaded()) {
                missing.add(partition.id(manifest.collectionId()));
            }
        }
        if (!missing.isEmpty()) {
            throw new Invalid(Invalid.Reason.PARTITION_NOT_LOADED, "partition not loaded[partition=" + missing + "]");
        }
        return of(
                names.isEmpty()
                        ? manifest.partitions().all().stream()
                                .filter(Partition::loaded)
                                .toList()
                        : named);
    }

    /**
     * Those that are named, or all, loaded or not.
     *
     * @throws NotFound if one is not there
     */
    static ReadPartitions any(Manifest manifest, List<String> names) {
        checkNames(manifest, names);
        return of(
                names.isEmpty()
                        ? manifest.partitions().all()
                        : names.stream().map(manifest.partitions()::partition).toList());
    }

    private static void checkNames(Manifest manifest, List<String> names) {
        checkNames(manifest, names, Invalid.Reason.UNNUMBERED);
    }

    /** Of queries, Milvus refuses names with another code than of searches. */
    static void checkQueried(Manifest manifest, List<String> names) {
        checkNames(manifest, names, Invalid.Reason.PARAMETER);
    }

    private static void checkNames(Manifest manifest, List<String> names, Invalid.Reason reason) {
        if (!names.isEmpty() && manifest.partitions().areKeyed()) {
            throw new Invalid(
                    reason, "not support manually specifying the partition names if partition key mode is used");
        }
    }

    private static ReadPartitions of(List<Partition> partitions) {
        BitSet allowed = new BitSet();
        partitions.forEach(partition -> allowed.set(partition.number()));
        return new ReadPartitions(allowed);
    }

    /** Those of them that hold rows which may pass a filter, as far as it lists values of the partition key. */
    ReadPartitions narrowed(Manifest manifest, ReadFilter filter) {
        Partitions partitions = manifest.partitions();
        if (!partitions.areKeyed() || filter.filter() == null) {
            return this;
        }
        return FieldValues.of(filter.filter(), partitions.keyFieldId())
                .map(values -> {
                    BitSet left = new BitSet();
                    values.forEach(value -> left.set(partitions.numberOf(value)));
                    left.and(allowed);
                    return new ReadPartitions(left);
                })
                .orElse(this);
    }

    boolean mayTake(SegmentEntry segment) {
        return segment.partitions().keySet().stream().anyMatch(allowed::get);
    }

    boolean takesAll(SegmentEntry segment) {
        return segment.partitions().keySet().stream().allMatch(allowed::get);
    }

    boolean takesAll(Tail.Chunk chunk) {
        IntUnaryOperator numbers = chunk.partitions();
        for (int row = 0; row < chunk.rowCount(); row++) {
            if (!allowed.get(numbers.applyAsInt(row))) {
                return false;
            }
        }
        return true;
    }

    /**
     * The rows of a chunk in parts that are searched each by itself: where writers name partitions, a primary key may be in several, and would take
     * two places among the nearest of one source. A part that is nothing stands for all rows.
     */
    List<Optional<RowSet>> parts(Manifest manifest, Tail.Chunk chunk) {
        if (!chunk.rows().has(CollectionSchema.PARTITION_FIELD_ID)) {
            return allowed.get(Partition.DEFAULT_NUMBER) ? List.of(Optional.empty()) : List.of();
        }
        if (manifest.partitions().areKeyed()) {
            return List.of(takesAll(chunk) ? Optional.empty() : Optional.of(passing(chunk.rows())));
        }
        IntUnaryOperator numbers = chunk.partitions();
        Map<Integer, RowSet> parts = new TreeMap<>();
        for (int row = 0; row < chunk.rowCount(); row++) {
            int number = numbers.applyAsInt(row);
            if (allowed.get(number)) {
                parts.computeIfAbsent(number, _ -> RowSet.none(chunk.rowCount()))
                        .add(row);
            }
        }
        return parts.values().stream().map(Optional::of).toList();
    }

    /** The rows of allowed partitions. */
    RowSet passing(Columns rows) {
        IntUnaryOperator numbers = PartitionColumn.numbers(rows);
        RowSet passing = RowSet.none(rows.rowCount());
        for (int row = 0; row < rows.rowCount(); row++) {
            if (allowed.get(numbers.applyAsInt(row))) {
                passing.add(row);
            }
        }
        return passing;
    }
}
