package dev.elanus.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.elanus.column.ByteRange;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.host.MachineHost;
import dev.elanus.testing.VectorFiles;
import dev.elanus.vector.KernelChoice;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a search takes, in counts that do not depend on the machine: rows compared, bytes that a process asks for that has none, and bytes allocated.
 * Bounds are a quarter above what was measured when they were written; a change that needs more says why and moves them.
 */
class SearchEffortTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int QUERIES = 100;
    private static final int ROUNDS = 1000;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // kind, rows, bytes asked for, bytes allocated
        "HNSW, 700, 4760000, 12700",
        "DISKANN, 1090, 3090000, 48000",
        "AUTOINDEX, 2120, 425000, 35000",
        "IVF_FLAT, 940, 195000, 30000",
        "IVF_SQ8, 940, 195000, 30000",
        "SCANN, 940, 540000, 61000",
    })
    void aSearchStaysWithinItsBounds(String kind, long rows, long bytes, long allocated) {
        VectorColumn base = VectorFiles.bvecs(VectorFiles.resource("sift10k/base.bvecs"));
        VectorColumn queries = VectorFiles.bvecs(VectorFiles.resource("sift10k/query.bvecs"));
        FixedColumn keys =
                FixedColumn.ofLongs(LongStream.range(0, base.rowCount()).toArray());
        try (MachineHost host = new MachineHost(1)) {
            Indexes indexes = new Indexes(KernelChoice.pick(host).kernels(), host);
            BuiltIndex index = BuiltIndex.build(indexes, BuiltIndex.spec(base.dimension(), kind, "L2"), base, keys);
            IndexQuery[] asked = new IndexQuery[QUERIES];
            for (int i = 0; i < QUERIES; i++) {
                asked[i] = new IndexQuery(queries.floatsAt(i), 10, null, Map.of());
            }
            long compared = search(index, asked);
            assertThat(compared / QUERIES).as("rows compared").isLessThanOrEqualTo(rows);
            assertThat(bytes(index, asked) / QUERIES).as("bytes asked for").isLessThanOrEqualTo(bytes);
            assertThat(allocated(index, asked, allocated)).as("bytes allocated").isLessThanOrEqualTo(allocated);
        }
    }

    /** Bytes a query, when all is compiled that makes them fewer: the least of some rounds, or the first that is within the bound. */
    private static long allocated(BuiltIndex index, IndexQuery[] asked, long bound) {
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS && least > bound; round++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            search(index, asked);
            least = Math.min(least, (THREADS.getCurrentThreadAllocatedBytes() - before) / QUERIES);
        }
        return least;
    }

    private static long search(BuiltIndex index, IndexQuery[] asked) {
        long compared = 0;
        for (IndexQuery query : asked) {
            compared += Indexes.finish(index.indexes.start(index.spec, index.extent, query), index.object)
                    .rowsScanned();
        }
        return compared;
    }

    private static long bytes(BuiltIndex index, IndexQuery[] asked) {
        long bytes = 0;
        for (IndexQuery query : asked) {
            Step step = index.indexes.start(index.spec, index.extent, query);
            while (step instanceof Step.Stage stage) {
                bytes += stage.needs().stream().mapToLong(ByteRange::length).sum();
                step = stage.run(index.object);
            }
        }
        return bytes;
    }
}
