package dev.elanus.log;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Validity;
import dev.elanus.manifest.Partition;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/** The hidden column of the numbers of partitions. Rows of one partition alone need none. */
public final class PartitionColumn {
    private PartitionColumn() {}

    private static FixedColumn of(int[] numbers) {
        MemorySegment memory = Column.allocate((long) numbers.length * Integer.BYTES);
        MemorySegment.copy(numbers, 0, memory, Column.INT_LE, 0, numbers.length);
        return new FixedColumn(DataType.INT32, numbers.length, memory, Validity.all());
    }

    /** The number of each row's partition: that of the column, or else that of the default partition. */
    public static IntUnaryOperator numbers(Columns rows) {
        if (!rows.has(CollectionSchema.PARTITION_FIELD_ID)) {
            return _ -> Partition.DEFAULT_NUMBER;
        }
        FixedColumn numbers = (FixedColumn) rows.column(CollectionSchema.PARTITION_FIELD_ID);
        return row -> (int) numbers.longAt(row);
    }

    /** The same rows with the column: rows that have none are all of {@code number}. */
    public static Columns present(Columns rows, int number) {
        if (rows.has(CollectionSchema.PARTITION_FIELD_ID)) {
            return rows;
        }
        int[] numbers = new int[rows.rowCount()];
        Arrays.fill(numbers, number);
        return with(rows, numbers);
    }

    /** The same rows with the column: one number a row. */
    public static Columns with(Columns rows, int[] numbers) {
        Map<Integer, Column> columns = new LinkedHashMap<>();
        columns.put(CollectionSchema.PARTITION_FIELD_ID, of(numbers));
        columns.putAll(rows.byFieldId());
        return new Columns(rows.rowCount(), columns);
    }
}
