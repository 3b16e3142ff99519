package dev.elanus.log;

import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Keys;
import dev.elanus.column.RowSet;
import dev.elanus.manifest.LogPosition;
import dev.elanus.manifest.Partition;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * What the log holds behind the sealed position: growing rows and deletes, as of one batch. Immutable to its readers; a successor shares
 * memory with it. Rows lie in chunks; small ones are joined as they come, so that a stream of single rows does not become a list of them.
 */
public final class Tail {
    /** Chunks of this many rows and more are not joined any more. */
    private static final int LARGE_CHUNK_ROWS = 4_096;

    private final CollectionSchema schema;
    private final LogPosition sealed;
    private final LogPosition end;
    private final List<Chunk> chunks;
    private final Tombstones tombstones;
    private final long sizeBytes;
    private final long firstTimestamp;

    /**
     * Growing rows in the order in which they were written.
     *
     * @param rows every stored field, the timestamps included, which ascend
     */
    public record Chunk(Columns rows) {
        public int rowCount() {
            return rows.rowCount();
        }

        public FixedColumn timestamps() {
            return (FixedColumn) rows.column(CollectionSchema.TIMESTAMP_FIELD_ID);
        }

        /** The number of each row's partition. */
        public IntUnaryOperator partitions() {
            return PartitionColumn.numbers(rows);
        }
    }

    private Tail(
            CollectionSchema schema,
            LogPosition sealed,
            LogPosition end,
            List<Chunk> chunks,
            Tombstones tombstones,
            long sizeBytes,
            long firstTimestamp) {
        this.schema = schema;
        this.sealed = sealed;
        this.end = end;
        this.chunks = List.copyOf(chunks);
        this.tombstones = tombstones;
        this.sizeBytes = sizeBytes;
        this.firstTimestamp = firstTimestamp;
    }

    /** Nothing behind the sealed position. */
    public static Tail empty(CollectionSchema schema, LogPosition sealed) {
        return new Tail(schema, sealed, sealed, List.of(), new Tombstones(), 0, sealed.timestamp());
    }

    public LogPosition sealed() {
        return sealed;
    }

    /** The position of the last batch. */
    public LogPosition end() {
        return end;
    }

    public List<Chunk> chunks() {
        return chunks;
    }

    /** Bytes of the batches behind the sealed position. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /** The hybrid timestamp of about the oldest batch behind the sealed position; meaningless where there is none. */
    public long firstTimestamp() {
        return firstTimestamp;
    }

    /** Growing rows, deleted ones included. */
    public long rowCount() {
        return chunks.stream().mapToLong(Chunk::rowCount).sum();
    }

    /** Whether no batch behind the sealed position counts. */
    public boolean isEmpty() {
        return end.last().equals(sealed.last());
    }

    /** Whether any key was deleted. */
    public boolean hasDeletes() {
        return !tombstones.isEmpty();
    }

    /** Keys that were deleted, at most: some may be newer than this tail. */
    public int deletedKeyCount() {
        return tombstones.keyCount();
    }

    /** Whether a row of a key, a partition and a write timestamp was deleted; 0 stands for any sealed row. */
    public boolean isDeleted(Object key, int partition, long timestamp) {
        return tombstones.lastDelete(key, partition, end.timestamp()) > timestamp;
    }

    /** Calls {@code each} with every deleted key. */
    void forEachDeletedKey(Tombstones.Visitor each) {
        tombstones.forEach(end.timestamp(), each);
    }

    /** The rows of a chunk that are not deleted. */
    public RowSet live(Chunk chunk) {
        RowSet live = RowSet.all(chunk.rowCount());
        if (tombstones.isEmpty()) {
            return live;
        }
        Column keys = chunk.rows().column(schema.primaryKey().id());
        FixedColumn timestamps = chunk.timestamps();
        IntUnaryOperator partitions = chunk.partitions();
        for (int row = 0; row < chunk.rowCount(); row++) {
            if (isDeleted(Keys.valueAt(keys, row), partitions.applyAsInt(row), timestamps.longAt(row))) {
                live.remove(row);
            }
        }
        return live;
    }

    /** This tail and the batch behind it, which changes nothing but the position if it does not count. The caller makes sure that one thread appends at a time. */
    Tail append(LogBatch batch) {
        assert batch.sequence() == end.sequence() + 1;
        if (!batch.follows(end)) {
            LogPosition skipped = new LogPosition(batch.sequence(), end.timestamp(), end.last());
            return new Tail(schema, sealed, skipped, chunks, tombstones, sizeBytes, firstTimestamp);
        }
        assert batch.timestamp() > end.timestamp();
        List<Chunk> grown = new ArrayList<>(chunks);
        for (int i = 0; i < batch.entries().size(); i++) {
            LogEntry entry = batch.entries().get(i);
            long timestamp = batch.timestamp() + i;
            if (entry.deletedKeys() != null) {
                tombstones.add(entry.deletedKeys(), entry.deletedIn(), timestamp);
            }
            if (entry.rows() != null) {
                grown.add(new Chunk(withTimestamp(entry.rows().with(schema.fields()), timestamp)));
                joinSmall(grown);
            }
        }
        return new Tail(
                schema,
                sealed,
                batch.end(),
                grown,
                tombstones,
                sizeBytes + batch.sizeBytes(),
                isEmpty() ? batch.timestamp() : firstTimestamp);
    }

    /** The same tail under a schema that may have more fields. */
    Tail in(CollectionSchema newSchema) {
        if (newSchema.equals(schema)) {
            return this;
        }
        List<Chunk> completed = chunks.stream()
                .map(chunk -> new Chunk(chunk.rows().with(newSchema.fields())))
                .toList();
        return new Tail(newSchema, sealed, end, completed, tombstones, sizeBytes, firstTimestamp);
    }

    /** What is left when everything up to a later position is sealed. */
    Tail after(LogPosition newSealed) {
        if (newSealed.sequence() >= end.sequence()) {
            return empty(schema, newSealed);
        }
        List<Chunk> left = new ArrayList<>();
        for (Chunk chunk : chunks) {
            FixedColumn timestamps = chunk.timestamps();
            int first = 0;
            while (first < chunk.rowCount() && timestamps.longAt(first) <= newSealed.timestamp()) {
                first++;
            }
            if (first < chunk.rowCount()) {
                left.add(first == 0 ? chunk : new Chunk(chunk.rows().select(range(first, chunk.rowCount()))));
            }
        }
        long bytes = left.stream().mapToLong(chunk -> chunk.rows().sizeBytes()).sum();
        long first =
                left.isEmpty() ? end.timestamp() : left.getFirst().timestamps().longAt(0);
        return new Tail(schema, newSealed, end, left, tombstones.after(newSealed.timestamp()), bytes, first);
    }

    private Columns withTimestamp(Columns rows, long timestamp) {
        long[] timestamps = new long[rows.rowCount()];
        Arrays.fill(timestamps, timestamp);
        Map<Integer, Column> columns = new LinkedHashMap<>();
        columns.put(CollectionSchema.TIMESTAMP_FIELD_ID, FixedColumn.ofLongs(timestamps));
        columns.putAll(rows.byFieldId());
        return new Columns(rows.rowCount(), columns);
    }

    /** Joins the last chunks while they are small and not much unlike in size, so that each row is copied a logarithmic number of times. */
    private void joinSmall(List<Chunk> grown) {
        while (grown.size() > 1) {
            Chunk last = grown.getLast();
            Chunk before = grown.get(grown.size() - 2);
            if (before.rowCount() >= LARGE_CHUNK_ROWS || before.rowCount() > 2 * last.rowCount()) {
                return;
            }
            grown.removeLast();
            grown.set(grown.size() - 1, join(before, last));
        }
    }

    private Chunk join(Chunk first, Chunk second) {
        int count = first.rowCount() + second.rowCount();
        Map<Integer, Column> columns = new LinkedHashMap<>();
        List<Field> fields = new ArrayList<>(schema.storedFields());
        List<Columns> rows = List.of(first.rows(), second.rows());
        if (rows.stream().anyMatch(of -> of.has(CollectionSchema.PARTITION_FIELD_ID))) {
            fields.add(CollectionSchema.partitionField());
            rows = rows.stream()
                    .map(of -> PartitionColumn.present(of, Partition.DEFAULT_NUMBER))
                    .toList();
        }
        for (Field field : fields) {
            ColumnBuilder builder = ColumnBuilder.of(field, count);
            for (Columns chunk : rows) {
                Column column = chunk.column(field.id());
                for (int row = 0; row < column.rowCount(); row++) {
                    builder.add(column, row);
                }
            }
            columns.put(field.id(), builder.build());
        }
        return new Chunk(new Columns(count, columns));
    }

    private static int[] range(int start, int end) {
        int[] rows = new int[end - start];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = start + i;
        }
        return rows;
    }
}
