package dev.elanus.log;

import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;

/**
 * Primary keys that need no coordination: the batch's sequence in the log, which no other batch has, and the row's place in the batch. Text
 * keys are the same numbers in decimal.
 */
final class GeneratedKeys {
    /** A request of 64 MiB cannot hold more rows than this many bits count. */
    private static final int ROW_BITS = 24;

    private final Field field;
    private long next;

    GeneratedKeys(long sequence, Field field) {
        this.field = field;
        next = sequence << ROW_BITS;
    }

    Field field() {
        return field;
    }

    Column next(int count) {
        ColumnBuilder keys = ColumnBuilder.of(field, count);
        for (int row = 0; row < count; row++) {
            if (field.type() == DataType.INT64) {
                keys.add(next++);
            } else {
                keys.add(Long.toString(next++));
            }
        }
        return keys.build();
    }
}
