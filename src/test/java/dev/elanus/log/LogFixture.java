package dev.elanus.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.manifest.CollectionDefinition;
import dev.elanus.manifest.CommitOutcome;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.ManifestCodec;
import dev.elanus.manifest.Versions;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.storage.ObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;

/** A collection of id 1 with a key and a vector of two, for tests of its log. */
class LogFixture {
    static final CollectionSchema SCHEMA = new CollectionSchema(
            "",
            List.of(Field.scalar(100, "id", DataType.INT64).asPrimaryKey(false), Field.vector(101, "vector", 2)),
            false);
    private static final int ROW_BYTES = 16;

    final MachineHost host = new MachineHost(2);
    /** A timestamp of now, for batches that a test makes by hand. */
    final long now = host.clock().millis() << HybridClock.COUNTER_BITS;

    @AfterEach
    void closeHost() {
        host.close();
    }

    Manifest created(ObjectStore store) {
        Manifest first = Manifest.first(new CollectionDefinition(
                1, CollectionName.of("c"), SCHEMA, ConsistencyLevel.BOUNDED, 1, Map.of(), 1, 1));
        var outcome = new Versions<>(store, LogKeys.manifestPrefix(1), new ManifestCodec(), host).create(first);
        return ((CommitOutcome.Committed<Manifest>) outcome).state();
    }

    CollectionLog open(ObjectStore store, Manifest manifest) {
        return open(store, manifest, LogLimits.defaults());
    }

    CollectionLog open(ObjectStore store, Manifest manifest, LogLimits limits) {
        return new CollectionLog(
                store,
                host,
                new HybridClock(host.clock()),
                limits,
                manifest,
                host.nanoTime() - Duration.ofHours(1).toNanos());
    }

    static PendingWrite row(long key) {
        return rows(key, ROW_BYTES);
    }

    /** A write of about {@code bytes}, all of whose keys are {@code key} modulo 1000. */
    static PendingWrite rows(long key, int bytes) {
        long[] keys = new long[rowsOf(bytes)];
        float[][] vectors = new float[keys.length][];
        for (int row = 0; row < keys.length; row++) {
            keys[row] = key + row * 1_000L;
            vectors[row] = new float[] {key, row};
        }
        return new PendingWrite(
                null,
                LogEntry.EVERYWHERE,
                new Columns(keys.length, Map.of(100, FixedColumn.ofLongs(keys), 101, VectorColumn.of(vectors, 2))),
                false);
    }

    static int rowsOf(int bytes) {
        return bytes / ROW_BYTES;
    }

    Set<Long> keysOf(CollectionLog log) {
        Set<Long> keys = new TreeSet<>();
        Tail tail = host.await(log.look()).view().tail();
        for (Tail.Chunk chunk : tail.chunks()) {
            FixedColumn column = (FixedColumn) chunk.rows().column(100);
            for (int at = 0; at < column.rowCount(); at++) {
                assertThat(keys.add(column.longAt(at))).as("no row twice").isTrue();
            }
        }
        return keys;
    }
}
