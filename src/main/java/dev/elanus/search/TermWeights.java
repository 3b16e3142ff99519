package dev.elanus.search;

import dev.elanus.column.BytesColumn;
import dev.elanus.index.Indexes;
import dev.elanus.index.VectorIndexSpec;
import dev.elanus.manifest.IndexEntry;
import dev.elanus.schema.Field;
import dev.elanus.storage.MirroredObject;
import dev.elanus.storage.Need;
import dev.elanus.vector.Metric;
import dev.elanus.vector.QueryVector;
import dev.elanus.vector.SparseQuery;
import dev.elanus.vector.TermStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The weights of the terms of text queries: how rare each is among all rows of the sources, deleted ones included, whatever the filter. So a row has
 * the same score whatever else a request asks.
 */
final class TermWeights {
    private TermWeights() {}

    /** The plan's query vectors, weighted if the metric asks for it. Index heads are present. */
    static List<QueryVector> of(SearchPlan plan, Sources sources, Waves waves) {
        if (plan.metric() != Metric.BM25) {
            return plan.queries();
        }
        int[] terms = plan.queries().stream()
                .map(SparseQuery.class::cast)
                .flatMapToInt(query -> Arrays.stream(query.terms()))
                .boxed()
                .sorted(Integer::compareUnsigned)
                .distinct()
                .mapToInt(Integer::intValue)
                .toArray();
        TermStatistics all = statistics(terms, plan.vectorField(), sources, waves);
        VectorIndexSpec spec = plan.index().ofVectors();
        List<QueryVector> weighted = new ArrayList<>();
        for (QueryVector vector : plan.queries()) {
            SparseQuery query = (SparseQuery) vector;
            weighted.add(query.scored(spec.bm25Frequency(), spec.bm25Length(), all.of(terms, query.terms())));
        }
        return weighted;
    }

    private static TermStatistics statistics(int[] terms, Field field, Sources sources, Waves waves) {
        List<Need> needs = new ArrayList<>();
        sources.all().stream()
                .filter(source -> !hasIndex(source))
                .forEach(source -> needs.addAll(source.whole(List.of(field))));
        waves.bring(needs);
        SparseQuery union = new SparseQuery(terms, new float[terms.length], null);
        TermStatistics sum = new TermStatistics(0, 0, new long[terms.length]);
        for (Source source : sources.all()) {
            sum = sum.plus(
                    source instanceof SealedSource sealed
                                    && sealed.indexEntry() instanceof IndexEntry entry
                                    && sealed.index() instanceof MirroredObject object
                            ? Indexes.statistics(entry.extent(), terms, object.bytes())
                            : union.statistics((BytesColumn) source.column(field)));
        }
        return sum;
    }

    private static boolean hasIndex(Source source) {
        return source instanceof SealedSource sealed && sealed.indexEntry() != null;
    }
}
