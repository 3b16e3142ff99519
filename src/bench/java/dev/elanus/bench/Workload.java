package dev.elanus.bench;

import dev.elanus.column.Column;
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

/** Vectors read from files, and indexes built over them into mapped files. */
final class Workload {
    private Workload() {}

    /** A .bvecs file, or IDX of 28 x 28 pictures with or without .gz. */
    static VectorColumn read(Path path) {
        byte[] bytes = VectorFiles.file(path);
        return path.toString().endsWith(".bvecs") ? VectorFiles.bvecs(bytes) : VectorFiles.idx(bytes, 28 * 28);
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
        try (FileChannel channel = FileChannel.open(path)) {
            MemorySegment object = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
            return new Built(spec, extent, object, seconds, coreSeconds);
        } finally {
            Files.delete(path);
        }
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
