package dev.elanus.maintenance;

import dev.elanus.column.Columns;
import dev.elanus.column.RowSet;
import dev.elanus.log.PartitionColumn;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.Partition;
import dev.elanus.manifest.Partitions;
import dev.elanus.segment.RowOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/** Tells rows apart by their partitions. */
final class PartitionRows {
    private PartitionRows() {}

    /** The rows of partitions that are still there. */
    static RowSet ofLiving(Manifest manifest, Columns rows) {
        Partitions partitions = manifest.partitions();
        return rows(rows, partitions::has);
    }

    /**
     * The rows of several sources in parts that become a segment each: named partitions stay apart, what a key distributes stays together.
     *
     * @param kept one a source
     * @return for each part the rows of each source
     */
    static List<List<RowSet>> split(Manifest manifest, List<Columns> sources, List<RowSet> kept) {
        if (manifest.partitions().areKeyed()) {
            return List.of(kept);
        }
        List<List<RowSet>> parts = new ArrayList<>();
        for (Partition partition : manifest.partitions().all()) {
            List<RowSet> part = new ArrayList<>();
            boolean any = false;
            for (int i = 0; i < sources.size(); i++) {
                RowSet of = rows(sources.get(i), number -> number == partition.number())
                        .and(kept.get(i));
                any |= of.next(0) >= 0;
                part.add(of);
            }
            if (any) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** How many of the ordered rows are of which partition. */
    static SortedMap<Integer, Integer> count(List<Columns> sources, RowOrder order) {
        List<IntUnaryOperator> numbers =
                sources.stream().map(PartitionColumn::numbers).toList();
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        for (int i = 0; i < order.rowCount(); i++) {
            counts.merge(numbers.get(order.sourceAt(i)).applyAsInt(order.rowAt(i)), 1, Integer::sum);
        }
        return counts;
    }

    private static RowSet rows(Columns rows, IntPredicate wanted) {
        IntUnaryOperator numbers = PartitionColumn.numbers(rows);
        RowSet found = RowSet.none(rows.rowCount());
        for (int row = 0; row < rows.rowCount(); row++) {
            if (wanted.test(numbers.applyAsInt(row))) {
                found.add(row);
            }
        }
        return found;
    }
}
