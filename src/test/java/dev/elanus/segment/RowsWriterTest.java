package dev.elanus.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.RowSet;
import dev.elanus.column.VectorColumn;
import dev.elanus.error.Corrupt;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsWriterTest {
    private static final CollectionSchema SCHEMA = new CollectionSchema(
            "",
            List.of(
                    Field.scalar(100, "id", DataType.INT64).asPrimaryKey(false),
                    Field.vector(101, "vector", 2),
                    Field.varchar(102, "label", 10).asNullable()),
            false);

    @TempDir
    Path folder;

    private static Columns source(long timestamp, Long[] keys, String... labels) {
        float[][] vectors = new float[keys.length][];
        long[] ids = new long[keys.length];
        long[] timestamps = new long[keys.length];
        for (int i = 0; i < keys.length; i++) {
            ids[i] = keys[i];
            vectors[i] = new float[] {keys[i], timestamp};
            timestamps[i] = timestamp;
        }
        return new Columns(
                keys.length,
                Map.of(
                        1,
                        FixedColumn.ofLongs(timestamps),
                        100,
                        FixedColumn.ofLongs(ids),
                        101,
                        VectorColumn.of(vectors, 2),
                        102,
                        BytesColumn.of(DataType.VARCHAR, Arrays.asList(labels))));
    }

    private byte[] write() throws IOException {
        List<Columns> sources = List.of(
                source(10, new Long[] {5L, 1L, 3L}, "five", "one", null),
                source(20, new Long[] {4L, 1L, 2L}, "four", "one again", "two"));
        RowSet second = RowSet.all(3);
        second.remove(2);
        RowOrder order = RowOrder.merge(SCHEMA, sources, List.of(RowSet.all(3), second));
        Path file = folder.resolve("rows");
        try (ObjectWriter out = new ObjectWriter(file)) {
            RowsLayout layout = RowsWriter.write(out, SCHEMA.storedFields(), sources, order);
            out.finish(ObjectKind.ROWS, layout.encode());
        }
        return Files.readAllBytes(file);
    }

    @Test
    void rowsOfSeveralSourcesLieInTheOrderOfKeyAndTime() throws IOException {
        assertAreTheRows(MemorySegment.ofArray(write()));
    }

    @Test
    void rowsOfVersionOneAreStillRead() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("/format/v1/rows.bin")) {
            byte[] bytes = golden.readAllBytes();
            assertThat(bytes).isEqualTo(write());
            assertAreTheRows(MemorySegment.ofArray(bytes));
        }
    }

    @Test
    void aDirectoryOfTheWrongLengthIsNoticed() {
        assertThatThrownBy(() ->
                        RowsLayout.decode(new RowsLayout(1, List.of()).encode().asSlice(0, 7)))
                .isInstanceOf(Corrupt.class)
                .hasMessageContaining("rows directory");
    }

    private static void assertAreTheRows(MemorySegment object) {
        ObjectTail tail = ObjectTail.decode(object, object.byteSize());
        Columns rows = RowsLayout.decode(tail.directory()).view(object, SCHEMA.storedFields());
        assertThat(rows.rowCount()).isEqualTo(5);
        FixedColumn keys = (FixedColumn) rows.column(100);
        FixedColumn timestamps = (FixedColumn) rows.column(1);
        BytesColumn labels = (BytesColumn) rows.column(102);
        long[] expectedKeys = {1, 1, 3, 4, 5};
        long[] expectedTimestamps = {10, 20, 10, 20, 10};
        String[] expectedLabels = {"one", "one again", null, "four", "five"};
        for (int row = 0; row < 5; row++) {
            assertThat(keys.longAt(row)).isEqualTo(expectedKeys[row]);
            assertThat(timestamps.longAt(row)).isEqualTo(expectedTimestamps[row]);
            assertThat(labels.isNull(row) ? null : labels.textAt(row)).isEqualTo(expectedLabels[row]);
            assertThat(((VectorColumn) rows.column(101)).floatsAt(row))
                    .containsExactly(expectedKeys[row], expectedTimestamps[row]);
        }
    }
}
