package dev.elanus.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.error.Corrupt;
import dev.elanus.manifest.BatchId;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogBatchCodecTest {
    private static final CollectionSchema SCHEMA = new CollectionSchema(
            "",
            List.of(
                    Field.scalar(100, "id", DataType.INT64).asPrimaryKey(false),
                    Field.vector(101, "vector", 3),
                    Field.varchar(102, "label", 10).asNullable()),
            false);

    private static LogBatch batch() {
        Columns rows = new Columns(
                2,
                Map.of(
                        100,
                        FixedColumn.ofLongs(new long[] {7, 8}),
                        101,
                        VectorColumn.of(new float[][] {{1, 2, 3}, {4, 5, 6}}, 3),
                        102,
                        BytesColumn.of(DataType.VARCHAR, Arrays.asList("sieben", null))));
        return new LogBatch(
                5,
                1_000,
                new BatchId(11, 12),
                new BatchId(11, 10),
                3,
                List.of(
                        new LogEntry(null, rows),
                        new LogEntry(FixedColumn.ofLongs(new long[] {7}), 4, null),
                        new LogEntry(FixedColumn.ofLongs(new long[] {8}), rows)));
    }

    @Test
    void aBatchComesBackAsItWasWritten() {
        LogBatch read = LogBatchCodec.decode("batch", LogBatchCodec.encode(batch()), new FixedSchema(SCHEMA));
        assertIsTheBatch(read);
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] bytes = LogBatchCodec.encode(batch()).toArray(ValueLayout.JAVA_BYTE);
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit >>> 3] ^= (byte) (1 << (bit & 7));
            assertThatThrownBy(() ->
                            LogBatchCodec.decode("batch", MemorySegment.ofArray(flipped), new FixedSchema(SCHEMA)))
                    .as("bit %d", bit)
                    .isInstanceOf(Corrupt.class);
        }
    }

    @Test
    void aBatchOfVersionThreeIsRead() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("/format/v3/log-batch.bin")) {
            assertIsTheBatch(LogBatchCodec.decode(
                    "golden", MemorySegment.ofArray(golden.readAllBytes()), new FixedSchema(SCHEMA)));
        }
    }

    private static void assertIsTheBatch(LogBatch read) {
        assertThat(read.sequence()).isEqualTo(5);
        assertThat(read.timestamp()).isEqualTo(1_000);
        assertThat(read.lastTimestamp()).isEqualTo(1_002);
        assertThat(read.id()).isEqualTo(new BatchId(11, 12));
        assertThat(read.previous()).isEqualTo(new BatchId(11, 10));
        assertThat(read.durable()).isEqualTo(3);
        assertThat(read.entries()).hasSize(3);
        assertThat(read.entries().get(1).deletedIn()).isEqualTo(4);
        assertThat(read.entries().get(2).deletedIn()).isEqualTo(LogEntry.EVERYWHERE);
        Columns rows = read.entries().get(2).rows();
        assertThat(((FixedColumn) rows.column(100)).longAt(1)).isEqualTo(8);
        assertThat(((VectorColumn) rows.column(101)).floatsAt(1)).containsExactly(4, 5, 6);
        assertThat(((BytesColumn) rows.column(102)).textAt(0)).isEqualTo("sieben");
        assertThat(rows.column(102).isNull(1)).isTrue();
        Column deleted = read.entries().get(1).deletedKeys();
        assertThat(((FixedColumn) deleted).longAt(0)).isEqualTo(7);
        assertThat(read.entries().get(1).rows()).isNull();
    }
}
