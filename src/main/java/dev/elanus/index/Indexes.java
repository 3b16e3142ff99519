package dev.elanus.index;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.RowSet;
import dev.elanus.column.VectorColumn;
import dev.elanus.filter.IndexedValues;
import dev.elanus.filter.LookupTarget;
import dev.elanus.filter.ScalarLookup;
import dev.elanus.host.Host;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.vector.Kernels;
import dev.elanus.vector.Metric;
import dev.elanus.vector.QueryVector;
import dev.elanus.vector.TermStatistics;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;

/** Builds indexes and searches them. Safe for use from many threads. */
public final class Indexes {
    /** Neighbours over which recall is measured. */
    private static final int NEIGHBOURS = 10;

    private static final long SEED = 0x726563616c6cL;

    private final Kernels kernels;
    private final Host host;
    private final VisitedRows.Pool visited = new VisitedRows.Pool();

    public Indexes(Kernels kernels, Host host) {
        this.kernels = kernels;
        this.host = host;
    }

    /**
     * Builds an index that {@link VectorIndexSpec#hasObject has an object}. Rows are never held in the heap; what
     * else is kept in memory is said by each builder. Not to be called from a task that computes.
     *
     * @param vectors at least one row; rows that are null must not be allowed in searches
     * @param keys the primary key of each row, Int64 or VarChar
     * @param out receives the index from its first byte to its last
     */
    public IndexExtent build(VectorIndexSpec spec, Column vectors, Column keys, IndexOutput out, Progress progress) {
        assert vectors.rowCount() > 0 && vectors.rowCount() == keys.rowCount();
        Progress ascending = new AscendingProgress(progress);
        return switch (spec.family()) {
            case SCAN -> throw noObject(spec);
            case CLUSTERS ->
                new ClusterBuilder(kernels, host, spec, (VectorColumn) vectors, keys, ascending).build(out);
            case GRAPH -> new GraphBuilder(kernels, host, spec, (VectorColumn) vectors, keys, ascending).build(out);
            case BANDS -> new BandBuilder(spec, (VectorColumn) vectors, keys, out).build(ascending);
            case POSTINGS -> new SparseBuilder(spec, (BytesColumn) vectors, keys, out).build(ascending);
        };
    }

    /**
     * Builds a scalar index.
     *
     * @param column of the field, all its rows present
     */
    public IndexExtent build(ScalarIndexSpec spec, Field field, Column column, IndexOutput out, Progress progress) {
        if (spec.cast() == ScalarIndexSpec.Cast.GEOMETRY) {
            return new ShapeTreeBuilder(out).build((BytesColumn) column, new AscendingProgress(progress));
        }
        LookupTarget target = spec.target(field);
        IndexedValues values = IndexedValues.of(target, field, column);
        ScalarBuilder builder = new ScalarBuilder(target.kind(), values, column.rowCount(), out);
        Progress ascending = new AscendingProgress(progress);
        return spec.kind() == ScalarKind.NGRAM
                ? builder.buildGrams(spec.minGram(), spec.maxGram(), ascending)
                : builder.build(ascending);
    }

    /** Answers from a scalar index whose object is present as a whole. */
    public static ScalarLookup lookup(
            ScalarIndexSpec spec, LookupTarget target, IndexExtent extent, MemorySegment object) {
        return spec.cast() == ScalarIndexSpec.Cast.GEOMETRY
                ? new ShapeTree(extent, object)
                : new ScalarIndex(target.kind(), spec, extent, object);
    }

    /** The first step of a search over an index object. */
    public Step start(VectorIndexSpec spec, IndexExtent extent, IndexQuery query) {
        return switch (spec.family()) {
            case SCAN -> throw noObject(spec);
            case CLUSTERS -> new ClusterSearch(kernels, host.paging(), spec, extent, query);
            case GRAPH -> new GraphSearch(kernels, host.paging(), visited, spec, extent, query);
            case BANDS -> new BandSearch(spec, extent, query);
            case POSTINGS -> SparseSearch.start(extent, query);
        };
    }

    private static IllegalArgumentException noObject(VectorIndexSpec spec) {
        return new IllegalArgumentException(spec.kind() + " has no index object: scan the column");
    }

    /** One row of a column as a query. */
    static QueryVector queryOf(VectorColumn vectors, int row) {
        return vectors.type() == DataType.BINARY_VECTOR
                ? new QueryVector.Bits(vectors.vectorAt(row).toArray(ValueLayout.JAVA_BYTE))
                : new QueryVector.Floats(vectors.type(), vectors.floatsAt(row));
    }

    /**
     * What BM25 must know of the rows of an index of sparse vectors.
     *
     * @param object in which the index's head is present
     */
    public static TermStatistics statistics(IndexExtent extent, int[] terms, MemorySegment object) {
        return SparseSearch.statistics(extent, terms, object);
    }

    /** The nearest allowed rows of a column in the query's range, exactly; rows that are null are never hits. */
    public Hits exact(Metric metric, Column vectors, Column keys, IndexQuery query) {
        return exact(metric, vectors, keys, List.of(query)).getFirst();
    }

    /**
     * The same for several queries, by one thread, which share the bytes of the rows.
     *
     * @param queries all of one kind, with the same rows allowed
     */
    public List<Hits> exact(Metric metric, Column vectors, Column keys, List<IndexQuery> queries) {
        return ExactScan.search(kernels, metric, vectors, keys, queries);
    }

    /**
     * Recall at 10 of an index with default search parameters: rows picked by chance are the queries, each one left
     * out of its own answer, and a hit counts if its exact score is no worse than that of the tenth nearest. Not to
     * be called from a task that computes.
     *
     * @param object the whole index object
     * @param samples how many rows are queries; each takes an exact scan of the column
     * @return 0 to 1; 1 if there is but one row
     */
    public double recall(
            VectorIndexSpec spec, IndexExtent extent, MemorySegment object, Column column, Column keys, int samples) {
        if (spec.isExact()) {
            return 1;
        }
        VectorColumn vectors = (VectorColumn) column;
        int rowCount = vectors.rowCount();
        SplittableRandom random = new SplittableRandom(SEED);
        List<CompletableFuture<int[]>> measured = new ArrayList<>();
        for (int sample = 0; sample < Math.min(samples, rowCount); sample++) {
            int row = random.nextInt(rowCount);
            measured.add(host.compute(() -> foundAndWanted(spec, extent, object, vectors, keys, row)));
        }
        long found = 0;
        long wanted = 0;
        for (CompletableFuture<int[]> one : measured) {
            found += host.await(one)[0];
            wanted += host.await(one)[1];
        }
        return wanted == 0 ? 1 : (double) found / wanted;
    }

    private int[] foundAndWanted(
            VectorIndexSpec spec,
            IndexExtent extent,
            MemorySegment object,
            VectorColumn vectors,
            Column keys,
            int row) {
        if (vectors.isNull(row)) {
            return new int[2];
        }
        RowSet present = RowSet.present(vectors.validity(), vectors.rowCount());
        RowSet others = RowSet.all(vectors.rowCount()).and(present);
        others.remove(row);
        QueryVector vector = queryOf(vectors, row);
        Metric metric = spec.metric();
        // Of no other index is this a parameter.
        Map<String, String> params = spec.checkSearch(Map.of(VectorIndexRules.LIKENESS, "true"), NEIGHBOURS);
        Hits exact = exact(metric, vectors, keys, new IndexQuery(vector, NEIGHBOURS, others, params));
        if (exact.rows().length == 0) {
            return new int[2];
        }
        // The row itself is asked for as well and then left out, so that the index is searched as it is without a
        // filter.
        Step step = start(
                spec,
                extent,
                new IndexQuery(vector, NEIGHBOURS + 1, vectors.validity().hasNulls() ? present : null, params));
        Hits hits = finish(step, object);
        float bound = metric.toDistance(exact.scores()[exact.scores().length - 1]);
        // Scores of the same vectors differ by rounding between the column and the index.
        float tolerance = Math.abs(bound) * 1e-5f + 1e-12f;
        int found = 0;
        for (int i = 0; i < hits.rows().length; i++) {
            if (hits.rows()[i] != row && metric.toDistance(hits.scores()[i]) <= bound + tolerance) {
                found++;
            }
        }
        int wanted = exact.rows().length;
        return new int[] {Math.min(found, wanted), wanted};
    }

    /** Runs all stages over an object that is there as a whole. */
    static Hits finish(Step first, MemorySegment object) {
        Step step = first;
        while (step instanceof Step.Stage stage) {
            step = stage.run(object);
        }
        return ((Step.Done) step).hits();
    }
}
