package dev.elanus.index;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.column.RowSet;
import dev.elanus.column.VectorColumn;
import dev.elanus.schema.Field;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An index in memory, searched stage by stage with only the bytes present that the stages asked for. */
final class BuiltIndex {
    final VectorIndexSpec spec;
    final IndexExtent extent;
    final MemorySegment object;
    final Indexes indexes;
    /** Ranges that the stages of the last search asked for: one list a stage. */
    List<List<ByteRange>> asked = List.of();

    private BuiltIndex(VectorIndexSpec spec, IndexExtent extent, MemorySegment object, Indexes indexes) {
        this.spec = spec;
        this.extent = extent;
        this.object = object;
        this.indexes = indexes;
    }

    static VectorIndexSpec spec(int dimension, String kind, String metric, String... more) {
        Map<String, String> params = new HashMap<>(Map.of("index_type", kind, "metric_type", metric));
        for (int i = 0; i < more.length; i += 2) {
            params.put(more[i], more[i + 1]);
        }
        return VectorIndexSpec.parse(Field.vector(101, "v", dimension), params);
    }

    static BuiltIndex build(Indexes indexes, VectorIndexSpec spec, VectorColumn vectors, Column keys) {
        MemoryOutput out = new MemoryOutput();
        IndexExtent extent = indexes.build(spec, vectors, keys, out, Progress.NONE);
        return of(indexes, spec, extent, out.bytes());
    }

    static BuiltIndex of(Indexes indexes, VectorIndexSpec spec, IndexExtent extent, MemorySegment object) {
        return new BuiltIndex(spec, extent, object, indexes);
    }

    /** Searches over memory that holds nothing but what each stage asked for. */
    Hits search(float[] vector, int k, @Nullable RowSet allowed, Map<String, String> params) {
        Step step = indexes.start(spec, extent, new IndexQuery(vector, k, allowed, params));
        asked = new java.util.ArrayList<>();
        while (step instanceof Step.Stage stage) {
            MemorySegment present = Column.allocate(object.byteSize());
            asked.add(stage.needs());
            for (ByteRange range : stage.needs()) {
                MemorySegment.copy(object, range.offset(), present, range.offset(), range.length());
            }
            step = stage.run(present);
        }
        return ((Step.Done) step).hits();
    }

    Hits search(float[] vector, int k) {
        return search(vector, k, null, Map.of());
    }
}
