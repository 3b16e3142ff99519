package dev.elanus.bench;

import dev.elanus.column.Column;
import dev.elanus.column.Validity;
import dev.elanus.column.VectorColumn;
import dev.elanus.index.Hits;
import dev.elanus.index.IndexExtent;
import dev.elanus.index.IndexOutput;
import dev.elanus.index.IndexQuery;
import dev.elanus.index.Indexes;
import dev.elanus.index.Progress;
import dev.elanus.index.Step;
import dev.elanus.index.VectorIndexSpec;
import dev.elanus.schema.Field;
import dev.elanus.testing.VectorFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Vectors read from files, and indexes built over them into mapped files. */
final class Workload {
    private static final double NOISE = 0.5;
    private static final int ROWS_AT_ONCE = 10_000;

    private Workload() {}

    /** A .bvecs file, or IDX of 28 x 28 pictures with or without .gz. */
    static VectorColumn read(Path path) {
        byte[] bytes = VectorFiles.file(path);
        return path.toString().endsWith(".bvecs") ? VectorFiles.bvecs(bytes) : VectorFiles.idx(bytes, 28 * 28);
    }

    /** A row of a larger set: those of a column, and then those again with half a unit of noise at most. */
    static float[] row(VectorColumn base, int row) {
        float[] values = base.floatsAt(row % base.rowCount());
        if (row >= base.rowCount()) {
            SplittableRandom random = new SplittableRandom(row);
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) random.nextDouble(-NOISE, NOISE);
            }
        }
        return values;
    }

    /** So many {@link #row rows}, float32, in a mapped file that has no name any more. */
    static VectorColumn enlarged(VectorColumn base, int rowCount) throws IOException {
        Path path = Files.createTempFile("elanus-bench", ".f32");
        long rowBytes = (long) base.dimension() * Float.BYTES;
        try (FileOutput out = new FileOutput(path)) {
            for (int from = 0; from < rowCount; from += ROWS_AT_ONCE) {
                int count = Math.min(ROWS_AT_ONCE, rowCount - from);
                MemorySegment rows = Column.allocate(count * rowBytes);
                for (int i = 0; i < count; i++) {
                    MemorySegment.copy(row(base, from + i), 0, rows, Column.FLOAT_LE, i * rowBytes, base.dimension());
                }
                out.write(rows);
            }
        }
        return new VectorColumn(base.dimension(), rowCount, mapped(path), Validity.all());
    }

    private static MemorySegment mapped(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        } finally {
            Files.delete(path);
        }
    }

    /** An index in a mapped file that has no name any more. */
    record Built(VectorIndexSpec spec, IndexExtent extent, MemorySegment object, double seconds, double coreSeconds) {
        Hits search(Indexes indexes, IndexQuery query) {
            Step step = indexes.start(spec, extent, query);
            while (step instanceof Step.Stage stage) {
                step = stage.run(object);
            }
            return ((Step.Done) step).hits();
        }
    }

    /** An index by L2 with default parameters. */
    static Built build(Indexes indexes, String kind, VectorColumn base, Column keys) throws IOException {
        return build(indexes, kind, Map.of(), base, keys);
    }

    /** An index by L2. */
    static Built build(Indexes indexes, String kind, Map<String, String> params, VectorColumn base, Column keys)
            throws IOException {
        Map<String, String> given = new HashMap<>(params);
        given.put("index_type", kind);
        given.put("metric_type", "L2");
        return build(indexes, VectorIndexSpec.parse(Field.vector(101, "v", base.dimension()), given), base, keys);
    }

    /** An index as it is asked for. */
    static Built build(Indexes indexes, VectorIndexSpec spec, Column base, Column keys) throws IOException {
        Path path = Files.createTempFile("elanus-bench", "." + spec.kind());
        CpuClock clock = new CpuClock();
        long start = System.nanoTime();
        IndexExtent extent;
        try (FileOutput out = new FileOutput(path)) {
            extent = indexes.build(spec, base, keys, out, Progress.NONE);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double coreSeconds = clock.seconds();
        return new Built(spec, extent, mapped(path), seconds, coreSeconds);
    }

    /** Writes an index to a file. */
    private static final class FileOutput implements IndexOutput, AutoCloseable {
        private final FileChannel channel;
        private long position;

        FileOutput(Path path) throws IOException {
            channel = FileChannel.open(path, StandardOpenOption.WRITE);
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public void write(MemorySegment bytes) {
            try {
                for (long at = 0; at < bytes.byteSize(); ) {
                    long part = Math.min(bytes.byteSize() - at, 1 << 24);
                    ByteBuffer buffer = bytes.asSlice(at, part).asByteBuffer();
                    while (buffer.hasRemaining()) {
                        channel.write(buffer);
                    }
                    at += part;
                }
                position += bytes.byteSize();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        @Override
        public void align(int alignment) {
            write(MemorySegment.ofArray(new byte[(int) (-position & (alignment - 1))]));
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
