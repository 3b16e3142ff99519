package dev.elanus.bench;

import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.index.IndexQuery;
import dev.elanus.index.Indexes;
import dev.elanus.testing.VectorFiles;
import dev.elanus.vector.Metric;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/**
 * What all libraries of a run search: vectors, queries, and how far each query's tenth neighbour is by squared L2.
 *
 * @param baseFile the vectors as peers read them
 * @param boundsFile the bounds, float32, for peers
 */
record WarmData(
        VectorColumn base,
        Column keys,
        float[][] queries,
        float[] bounds,
        Path baseFile,
        Path queryFile,
        Path boundsFile) {
    static final int K = 10;
    private static final int QUERIES = 1000;

    /**
     * Reads files.
     *
     * @param truth the neighbours of each query, .ivecs
     * @param noise whether bytes become float32 that int8 codes do not keep, by half a unit of noise at most; then the neighbours are searched for
     */
    static WarmData read(Indexes indexes, Path baseFile, Path queryFile, Path truth, boolean noise) throws IOException {
        VectorColumn read = Workload.read(baseFile);
        VectorColumn base = noise ? noisy(read) : read;
        Column keys = FixedColumn.ofLongs(LongStream.range(0, base.rowCount()).toArray());
        VectorColumn queryRows = Workload.read(queryFile);
        int[][] neighbours = VectorFiles.ivecs(VectorFiles.file(truth));
        float[][] queries = new float[Math.min(QUERIES, queryRows.rowCount())][];
        float[] bounds = new float[queries.length];
        for (int i = 0; i < queries.length; i++) {
            queries[i] = queryRows.floatsAt(i);
            bounds[i] = noise
                    ? indexes.exact(Metric.L2, base, keys, new IndexQuery(queries[i], K, null, Map.of()))
                            .scores()[K - 1]
                    : squaredDistance(queries[i], base.floatsAt(neighbours[i][K - 1]));
        }
        Path boundsFile = temporary("bounds", ".f32");
        ByteBuffer bytes = ByteBuffer.allocate(bounds.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float bound : bounds) {
            bytes.putFloat(bound);
        }
        Files.write(boundsFile, bytes.array());
        return new WarmData(base, keys, queries, bounds, noise ? written(base) : baseFile, queryFile, boundsFile);
    }

    /** The share of the ten nearest that are among hits, as good as the tenth's distance tells. */
    double recall(float[][] distances) {
        int found = 0;
        for (int i = 0; i < queries.length; i++) {
            for (float distance : distances[i]) {
                found += distance <= bounds[i] * 1.00001f ? 1 : 0;
            }
        }
        return (double) found / (K * queries.length);
    }

    static float squaredDistance(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return sum;
    }

    private static VectorColumn noisy(VectorColumn vectors) {
        SplittableRandom random = new SplittableRandom(1);
        for (long at = 0; at < vectors.values().byteSize(); at += Float.BYTES) {
            float value = vectors.values().get(Column.FLOAT_LE, at);
            vectors.values().set(Column.FLOAT_LE, at, value + random.nextFloat() - 0.5f);
        }
        return vectors;
    }

    /** The vectors as .fvecs. */
    private static Path written(VectorColumn vectors) {
        int rowBytes = vectors.dimension() * Float.BYTES;
        try {
            Path path = temporary("base", ".fvecs");
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                ByteBuffer row = ByteBuffer.allocate(Integer.BYTES + rowBytes).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < vectors.rowCount(); i++) {
                    row.clear().putInt(vectors.dimension());
                    MemorySegment from = vectors.values().asSlice((long) i * rowBytes, rowBytes);
                    channel.write(row.put(from.asByteBuffer()).flip());
                }
            }
            return path;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path temporary(String name, String suffix) throws IOException {
        Path path = Files.createTempFile("elanus-bench-" + name, suffix);
        path.toFile().deleteOnExit();
        return path;
    }
}
