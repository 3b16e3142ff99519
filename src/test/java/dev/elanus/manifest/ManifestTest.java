package dev.elanus.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.ByteRange;
import dev.elanus.column.ColumnStatistics;
import dev.elanus.error.Conflict;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.host.MachineHost;
import dev.elanus.index.IndexExtent;
import dev.elanus.index.IndexKind;
import dev.elanus.index.VectorIndexSpec;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.segment.ColumnExtent;
import dev.elanus.segment.RowsLayout;
import dev.elanus.storage.FaultyStore;
import dev.elanus.storage.MemoryStore;
import dev.elanus.storage.ObjectRef;
import dev.elanus.vector.Metric;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static final VectorIndexSpec SPEC = new VectorIndexSpec(
            IndexKind.HNSW, Metric.COSINE, DataType.FLOAT_VECTOR, 4, Map.of("M", "16", "metric_type", "COSINE"));
    private final ManifestCodec codec = new ManifestCodec();

    private static Manifest manifest() {
        CollectionSchema schema = new CollectionSchema(
                "pictures",
                List.of(
                        Field.scalar(100, "id", DataType.INT64).asPrimaryKey(false),
                        Field.vector(101, "vector", 4),
                        Field.varchar(102, "label", 10).asNullable()),
                false);
        RowsLayout layout = new RowsLayout(
                5_000,
                List.of(
                        new ColumnExtent(100, new ByteRange(0, 40_000), null, null),
                        new ColumnExtent(
                                102,
                                new ByteRange(100_000, 5_000),
                                new ByteRange(40_000, 40_008),
                                new ByteRange(80_064, 625))));
        SegmentEntry segment = new SegmentEntry(
                77,
                5_000,
                new ObjectRef("c/1/s/77/rows", 200_000, 190_016),
                layout,
                Map.of(
                        100,
                        new ColumnStatistics(3L, 9L, 0, 5_000),
                        102,
                        new ColumnStatistics("", "zz", 4, 5_000),
                        103,
                        new ColumnStatistics(-0.5, Double.MAX_VALUE, 1, 5_000)),
                new TreeMap<>(Map.of(0, 4_990, 3, 10)),
                new DeletesEntry("c/1/s/77/deletes.1", 12),
                List.of());
        CollectionDefinition collection = new CollectionDefinition(
                1,
                CollectionName.of("things"),
                schema,
                ConsistencyLevel.SESSION,
                2,
                Map.of("mmap.enabled", "true"),
                10,
                11);
        return new Manifest(
                3,
                "abc",
                collection,
                new Partitions(
                        List.of(new Partition(0, "_default", 10, false), new Partition(3, "warm", 12, false)), 4, 0),
                false,
                8,
                List.of(new IndexDefinition(7, "vector", 101, SPEC)),
                List.of(segment.withIndex(new IndexEntry(
                        7, new ObjectRef("c/1/s/77/101.2", 900, 800), new IndexExtent(100, 790), 0.97, "cpu"))),
                new LogPosition(41, 1_234, new BatchId(5, 6)),
                Holds.NONE);
    }

    @Test
    void aManifestComesBackAsItWasWritten() {
        byte[] bytes = codec.encode(manifest());
        assertThat(codec.decode("m", MemorySegment.ofArray(bytes))).isEqualTo(manifest());
    }

    @Test
    void aManifestOfVersionThreeIsRead() throws IOException {
        try (InputStream golden = getClass().getResourceAsStream("/format/v3/manifest.bin")) {
            assertThat(codec.decode("golden", MemorySegment.ofArray(golden.readAllBytes())))
                    .isEqualTo(manifest());
        }
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] bytes = codec.encode(manifest());
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit >>> 3] ^= (byte) (1 << (bit & 7));
            assertThatThrownBy(() -> codec.decode("m", MemorySegment.ofArray(flipped)))
                    .isInstanceOf(Corrupt.class);
        }
    }

    @Test
    void racingCommitsAllHappenOneAfterTheOther() {
        try (MachineHost host = new MachineHost(2)) {
            for (long seed : new long[] {1, 2, host.nanoTime()}) {
                MemoryStore memory = new MemoryStore(host.clock());
                Versions<Manifest> plain = new Versions<>(memory, "m/", codec, host);
                plain.create(manifest());
                Manifest first = plain.newest().orElseThrow();
                List<CompletableFuture<Boolean>> pending = new ArrayList<>();
                for (int writer = 0; writer < 8; writer++) {
                    FaultyStore faulty = new FaultyStore(
                            memory,
                            host,
                            new Random(seed + writer),
                            new FaultyStore.Faults(0.2, 0, 0.2, 0, Duration.ZERO));
                    long id = 1_000 + writer;
                    pending.add(host.start(() -> {
                        new Versions<>(faulty, "m/", codec, host).commitOnNewest(first, addSegment(id));
                        return true;
                    }));
                }
                pending.forEach(host::await);
                Manifest newest = plain.newest().orElseThrow();
                assertThat(newest.segments()).as("seed %d", seed).hasSize(9);
                assertThat(newest.version()).isEqualTo(9);
            }
        }
    }

    private static Change<Manifest> addSegment(long id) {
        return manifest -> {
            List<SegmentEntry> all = new ArrayList<>(manifest.segments());
            SegmentEntry first = all.getFirst();
            all.add(new SegmentEntry(
                    id, first.rowCount(), first.rows(), first.layout(), Map.of(), first.partitions(), null, List.of()));
            return manifest.withSegments(all, manifest.sealed());
        };
    }

    @Test
    void changesThatDoNotFitAnyMoreAreConflicts() {
        Manifest base = manifest();
        SegmentEntry segment = base.segments().getFirst();
        SegmentEntry older = segment.withDeletes(null);
        assertThatThrownBy(() -> Changes.compact(List.of(older), null).applyTo(base))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("deletes of segment 77");
        assertThatThrownBy(() -> Changes.seal(
                                LogPosition.START,
                                new LogPosition(50, 2_000, new BatchId(7, 8)),
                                List.of(),
                                Map.of(),
                                Map.of())
                        .applyTo(base))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("sealed position");
        assertThatThrownBy(() ->
                        Changes.attachIndex(77, segment.indexes().getFirst()).applyTo(base))
                .isInstanceOf(Conflict.class);
    }

    @Test
    void aFieldHasOneIndexAndTheSameOneAgainIsFine() {
        Manifest base = manifest();
        assertThat(Changes.createIndex("vector", 101, SPEC).applyTo(base)).isSameAs(base);
        VectorIndexSpec other = new VectorIndexSpec(IndexKind.FLAT, Metric.L2, DataType.FLOAT_VECTOR, 4, Map.of());
        assertThatThrownBy(() -> Changes.createIndex("vector", 101, other).applyTo(base))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("at most one distinct index is allowed per field");
        assertThatThrownBy(() -> Changes.createIndex("more", 101, other).applyTo(base))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("creating multiple indexes on same field is not supported");
        Manifest without = Changes.dropIndex("vector").applyTo(base);
        assertThat(without.segments().getFirst().indexes()).isEmpty();
        assertThatThrownBy(() -> Changes.load(true).applyTo(without))
                .isInstanceOf(NotFound.class)
                .hasMessage("index not found[collection=things]");
    }
}
