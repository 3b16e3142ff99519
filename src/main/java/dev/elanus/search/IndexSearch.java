package dev.elanus.search;

import dev.elanus.column.RowSet;
import dev.elanus.index.Hits;
import dev.elanus.index.IndexQuery;
import dev.elanus.index.Indexes;
import dev.elanus.index.Step;
import dev.elanus.manifest.IndexEntry;
import dev.elanus.storage.MirroredObject;
import dev.elanus.storage.Need;
import dev.elanus.vector.QueryVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Runs the stages of one segment's index for every query vector, all vectors in step. */
final class IndexSearch implements SourceSearch {
    private final Source source;
    private final MirroredObject object;
    private final Step[] steps;

    IndexSearch(
            Indexes indexes,
            Source source,
            IndexEntry entry,
            MirroredObject object,
            SearchPlan plan,
            List<QueryVector> queries,
            double share) {
        this.source = source;
        this.object = object;
        this.steps = new Step[queries.size()];
        RowSet allowed = source.allowed();
        for (int i = 0; i < steps.length; i++) {
            steps[i] = indexes.start(
                    plan.index().ofVectors(),
                    entry.extent(),
                    new IndexQuery(
                            queries.get(i),
                            plan.k(),
                            allowed,
                            plan.params(),
                            share,
                            plan.selection().range()));
        }
    }

    @Override
    public Source source() {
        return source;
    }

    @Override
    public boolean isDone() {
        return Arrays.stream(steps).allMatch(step -> step instanceof Step.Done);
    }

    @Override
    public List<Need> needs() {
        List<Need> needs = new ArrayList<>();
        for (Step step : steps) {
            if (step instanceof Step.Stage stage) {
                needs.add(new Need(object, stage.needs()));
            }
        }
        return needs;
    }

    @Override
    public List<Runnable> tasks(int width) {
        return Slices.of(steps.length, width, this::run);
    }

    private void run(int from, int end) {
        int[] running = IntStream.range(from, end)
                .filter(query -> steps[query] instanceof Step.Stage)
                .toArray();
        List<Step> next = Step.runTogether(
                Arrays.stream(running)
                        .mapToObj(query -> (Step.Stage) steps[query])
                        .toList(),
                object.bytes());
        for (int i = 0; i < running.length; i++) {
            steps[running[i]] = next.get(i);
        }
    }

    @Override
    public void endRound() {}

    @Override
    public List<Hits> hits() {
        return Arrays.stream(steps).map(step -> ((Step.Done) step).hits()).toList();
    }
}
