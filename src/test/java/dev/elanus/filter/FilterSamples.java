package dev.elanus.filter;

import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.Trait;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A schema with a field of each type, and rows for it. */
final class FilterSamples {
    static final Field ID = Field.scalar(100, "id", DataType.INT64).asPrimaryKey(false);
    static final Field FLAG = Field.scalar(101, "flag", DataType.BOOL).asNullable();
    static final Field I8 = Field.scalar(102, "i8", DataType.INT8).asNullable();
    static final Field I16 = Field.scalar(103, "i16", DataType.INT16);
    static final Field I32 = Field.scalar(104, "i32", DataType.INT32);
    static final Field I64 = Field.scalar(105, "i64", DataType.INT64).asNullable();
    static final Field F = Field.scalar(106, "f", DataType.FLOAT).asNullable();
    static final Field D = Field.scalar(107, "d", DataType.DOUBLE);
    static final Field S = Field.varchar(108, "s", 100).asNullable();
    static final Field T = Field.varchar(109, "t", 100);
    static final Field J = Field.scalar(110, "j", DataType.JSON).asNullable();
    static final Field V = Field.vector(111, "v", 4);
    static final Field META = Field.scalar(112, "$meta", DataType.JSON).with(Trait.DYNAMIC);
    static final Field TS = Field.scalar(113, "ts", DataType.TIMESTAMPTZ).asNullable();

    static final CollectionSchema SCHEMA =
            new CollectionSchema("", List.of(ID, FLAG, I8, I16, I32, I64, F, D, S, T, J, V, TS, META), true);
    static final CollectionSchema WITHOUT_DYNAMIC =
            new CollectionSchema("", List.of(ID, FLAG, I8, I16, I32, I64, F, D, S, T, J, V, TS), false);

    private FilterSamples() {}

    /** Rows as values by field name: Boolean, Long, Double, String (text or JSON), or null. Vectors are left out. */
    static Columns columns(List<Map<String, Object>> rows) {
        Map<Integer, Column> byId = new LinkedHashMap<>();
        for (Field field : SCHEMA.fields()) {
            if (field.type().isVector()) {
                continue;
            }
            ColumnBuilder builder = ColumnBuilder.of(field, rows.size());
            for (Map<String, Object> row : rows) {
                add(builder, row.get(field.name()));
            }
            byId.put(field.id(), builder.build());
        }
        return new Columns(rows.size(), byId);
    }

    private static void add(ColumnBuilder builder, Object value) {
        switch (value) {
            case null -> builder.addNull();
            case Boolean flag -> builder.add(flag ? 1L : 0L);
            case Long number -> builder.add(number.longValue());
            case Double number -> builder.add(number.doubleValue());
            case String text -> builder.add(text);
            default -> throw new IllegalArgumentException(value.toString());
        }
    }
}
