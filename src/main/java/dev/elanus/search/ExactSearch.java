package dev.elanus.search;

import dev.elanus.column.Column;
import dev.elanus.column.RowSet;
import dev.elanus.index.Hits;
import dev.elanus.index.IndexQuery;
import dev.elanus.index.Indexes;
import dev.elanus.schema.Field;
import dev.elanus.storage.Need;
import dev.elanus.vector.QueryVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares every allowed row of a source with every query vector. */
final class ExactSearch implements SourceSearch {
    private final Indexes indexes;
    private final Source source;
    private final SearchPlan plan;
    private final Field key;
    private final List<QueryVector> queries;
    private final Hits[] hits;
    private boolean done;

    ExactSearch(Indexes indexes, Source source, SearchPlan plan, Field key, List<QueryVector> queries) {
        this.indexes = indexes;
        this.source = source;
        this.plan = plan;
        this.key = key;
        this.queries = queries;
        this.hits = new Hits[queries.size()];
    }

    @Override
    public Source source() {
        return source;
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public List<Need> needs() {
        List<Need> needs = new ArrayList<>(source.whole(List.of(key)));
        RowSet allowed = source.allowed();
        List<Field> vectors = List.of(plan.vectorField());
        boolean haveOneWidth = plan.vectorField().type().isDenseVector();
        needs.addAll(allowed != null && haveOneWidth ? source.rows(vectors, allowed.toArray()) : source.whole(vectors));
        return needs;
    }

    @Override
    public List<Runnable> tasks(int width) {
        Column vectors = source.column(plan.vectorField());
        Column keys = source.column(key);
        return Slices.of(queries.size(), width, (from, end) -> {
            List<IndexQuery> asked = queries.subList(from, end).stream()
                    .map(query -> new IndexQuery(
                            query,
                            plan.k(),
                            source.allowed(),
                            plan.params(),
                            1,
                            plan.selection().range()))
                    .toList();
            List<Hits> found = indexes.exact(plan.metric(), vectors, keys, asked);
            for (int i = from; i < end; i++) {
                hits[i] = found.get(i - from);
            }
        });
    }

    @Override
    public void endRound() {
        done = true;
    }

    @Override
    public List<Hits> hits() {
        return Arrays.asList(hits);
    }
}
