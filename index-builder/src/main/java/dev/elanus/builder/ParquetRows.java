package dev.elanus.builder;

import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.column.Geometries;
import dev.elanus.engine.SparseRules;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.TimestampText;
import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of a Parquet file as columns of a collection, batch by batch. */
final class ParquetRows implements Closeable {
    private static final int BATCH_ROWS = 4_096;
    private static final long BATCH_BYTES = 16L << 20;

    private final Path path;
    private final ParquetFileReader file;
    private final RowReader rows;
    private final CollectionSchema schema;
    private final List<Field> given = new ArrayList<>();
    private long read;

    /** @throws Invalid if the file's columns do not fit the schema */
    ParquetRows(Path path, CollectionSchema schema) throws IOException {
        this.path = path;
        this.schema = schema;
        this.file = ParquetFileReader.open(InputFile.of(path));
        Set<String> names = new HashSet<>();
        file.getFileSchema().getRootNode().children().forEach(node -> names.add(node.name()));
        for (Field field : schema.fields()) {
            boolean isGenerated = field.primaryKey() && field.autoId();
            if (names.remove(field.name()) && !isGenerated) {
                given.add(field);
            }
        }
        if (!names.isEmpty()) {
            file.close();
            throw new Invalid(path + ": expected columns of the collection's fields, found also " + names);
        }
        this.rows = file.rowReader();
    }

    /** The next rows, none at the end. Of rows of one key in a batch the last counts. */
    Columns next() {
        Map<Object, Object[]> byKey = new LinkedHashMap<>();
        long bytes = 0;
        while (rows.hasNext() && byKey.size() < BATCH_ROWS && bytes < BATCH_BYTES) {
            rows.next();
            Object[] row = new Object[given.size()];
            Object key = read;
            for (int at = 0; at < row.length; at++) {
                Field field = given.get(at);
                row[at] = rows.isNull(field.name()) ? null : value(field);
                bytes += row[at] instanceof byte[] text ? text.length : field.rowWidth();
                if (field.primaryKey()) {
                    key = rows.getValue(field.name());
                }
            }
            byKey.put(key, row);
            read++;
        }
        Map<Integer, Column> columns = new LinkedHashMap<>();
        for (int at = 0; at < given.size(); at++) {
            ColumnBuilder builder = ColumnBuilder.of(given.get(at), byKey.size());
            for (Object[] row : byKey.values()) {
                add(builder, row[at]);
            }
            columns.put(given.get(at).id(), builder.build());
        }
        return new Columns(byKey.size(), columns);
    }

    private Object value(Field field) {
        String name = field.name();
        try {
            return switch (field.type()) {
                case BOOL -> rows.getBoolean(name) ? 1L : 0L;
                case INT8, INT16, INT32, INT64 -> checked(field, whole(rows.getValue(name)));
                case FLOAT -> (double) rows.getFloat(name);
                case DOUBLE -> rows.getDouble(name);
                case VARCHAR, JSON -> rows.getString(name).getBytes(StandardCharsets.UTF_8);
                case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR -> vector(field);
                case TIMESTAMPTZ -> TimestampText.parse(rows.getString(name), schema.zone());
                case GEOMETRY -> Geometries.wkb(rows.getString(name));
                case BINARY_VECTOR, INT8_VECTOR, SPARSE_FLOAT_VECTOR -> bytes(field, rows.getBinary(name));
                case ARRAY, ARRAY_OF_VECTOR -> rows.getBinary(name);
            };
        } catch (IllegalArgumentException | ClassCastException wrong) {
            throw new Invalid(path + ", row " + read + ": field " + name + ": expected "
                    + field.type().text() + ", found " + wrong.getMessage());
        }
    }

    private static long checked(Field field, long value) {
        return dev.elanus.engine.RowRules.checkRange(field, 0, value);
    }

    private static long whole(Object value) {
        if (value instanceof Number number && !(value instanceof Float) && !(value instanceof Double)) {
            return number.longValue();
        }
        throw new IllegalArgumentException(String.valueOf(value));
    }

    /** A vector as its bytes. */
    private byte[] bytes(Field field, byte[] vector) {
        if (field.type() == DataType.SPARSE_FLOAT_VECTOR) {
            SparseRules.check(MemorySegment.ofArray(vector));
        } else if (vector.length != field.rowWidth()) {
            throw new Invalid(path + ", row " + read + ": field " + field.name() + ": expected " + field.rowWidth()
                    + " bytes, found " + vector.length);
        }
        return vector;
    }

    private float[] vector(Field field) {
        List<Float> floats = rows.getList(field.name()).floats();
        float[] vector = new float[floats.size()];
        if (vector.length != field.dimension()) {
            throw new Invalid(path + ", row " + read + ": field " + field.name() + ": expected " + field.dimension()
                    + " numbers, found " + vector.length);
        }
        for (int i = 0; i < vector.length; i++) {
            vector[i] = floats.get(i);
        }
        return vector;
    }

    private static void add(ColumnBuilder builder, @Nullable Object value) {
        switch (value) {
            case null -> builder.addNull();
            case Long number -> builder.add(number.longValue());
            case Double number -> builder.add(number.doubleValue());
            case byte[] text -> builder.add(text);
            case float[] vector -> builder.add(vector);
            case Object other -> throw new IllegalStateException("a value of " + other.getClass());
        }
    }

    @Override
    public void close() throws IOException {
        rows.close();
        file.close();
    }
}
