package dev.elanus.search;

import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.manifest.Manifest;
import dev.elanus.schema.Field;
import dev.elanus.storage.Need;
import dev.elanus.vector.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes one list of the hits of several searches over one view. */
final class HybridRun {
    private final HybridRequest request;
    private final Manifest manifest;
    private final Waves waves;
    private final @Nullable Grouping grouping;
    private final List<SearchHits> found = new ArrayList<>();
    private final List<Metric> metrics = new ArrayList<>();

    HybridRun(HybridRequest request, Manifest manifest, Waves waves) {
        this.request = request;
        this.manifest = manifest;
        this.waves = waves;
        grouping = Grouping.of(manifest.schema(), request.groups());
    }

    void add(SearchHits hits, Metric metric) {
        found.add(hits);
        metrics.add(metric);
    }

    SearchHits fused(OutputReader outputReader) {
        List<List<Candidate>> fused = new ArrayList<>();
        for (int query = 0; query < request.queryCount(); query++) {
            fused.add(fuse(query, outputReader));
        }
        return new SearchHits(
                fused, found.stream().mapToLong(SearchHits::scanned).sum());
    }

    private List<Candidate> fuse(int query, OutputReader outputReader) {
        Fusion fusion = request.fusion();
        boolean isMixed =
                metrics.stream().map(Metric::largerIsNearer).distinct().count() > 1;
        Map<Object, Candidate> byKey = new LinkedHashMap<>();
        Map<Object, Integer> times = new HashMap<>();
        for (int part = 0; part < found.size(); part++) {
            List<Candidate> hits = rows(found.get(part).ofQuery().get(query));
            for (int at = 0; at < hits.size(); at++) {
                Candidate hit = hits.get(at);
                float share = fusion.share(part, at + 1, hit.score(), metrics.get(part), isMixed);
                byKey.merge(hit.key(), hit.scored(share), this::together);
                times.merge(hit.key(), 1, Integer::sum);
            }
        }
        Comparator<Candidate> best = Comparator.comparing(Candidate::score);
        if (fusion.largerIsBetter(metrics)) {
            best = best.reversed();
        }
        List<Candidate> sorted = new ArrayList<>(
                switch (fusion) {
                    case Decay decay -> decayed(decay, byKey, times, outputReader);
                    case Boost boost ->
                        new Boosting(boost, manifest).of(List.copyOf(byKey.values()), waves, outputReader);
                    case Fusion.Reciprocal _, Fusion.Weighted _ -> byKey.values();
                });
        sorted.sort(best.thenComparing(Candidate::compareKeys));
        if (grouping != null) {
            return FusedGroups.of(request, grouping, fusion.largerIsBetter(metrics))
                    .select(
                            sorted,
                            grouping.values(valuesOf(grouping.field(), sorted, outputReader))
                                    .column());
        }
        int from = Math.min(request.offset(), sorted.size());
        return sorted.subList(from, Math.min(from + request.limit(), sorted.size()));
    }

    /** Rows as a whole: of several vectors of one the best counts, with its rank among rows. */
    private static List<Candidate> rows(List<Candidate> hits) {
        if (hits.stream().allMatch(Candidate::isWhole)) {
            return hits;
        }
        Map<Object, Candidate> best = new LinkedHashMap<>();
        hits.forEach(hit -> best.putIfAbsent(hit.key(), hit.whole()));
        return List.copyOf(best.values());
    }

    private Candidate together(Candidate one, Candidate other) {
        boolean largest = request.fusion() instanceof Decay decay && decay.mode() == Decay.Mode.MAX;
        return one.scored(largest ? Math.max(one.score(), other.score()) : one.score() + other.score());
    }

    private List<Candidate> decayed(
            Decay decay, Map<Object, Candidate> byKey, Map<Object, Integer> times, OutputReader outputReader) {
        List<Candidate> hits = List.copyOf(byKey.values());
        FixedColumn values = (FixedColumn) valuesOf(decay.input(manifest.schema()), hits, outputReader);
        List<Candidate> decayed = new ArrayList<>();
        for (int i = 0; i < hits.size(); i++) {
            Candidate hit = hits.get(i);
            int parts = decay.mode() == Decay.Mode.AVG ? times.getOrDefault(hit.key(), 1) : 1;
            decayed.add(hit.scored((float) (hit.score() / parts * decay.factor(values.doubleAt(i)))));
        }
        return decayed;
    }

    private Column valuesOf(Field field, List<Candidate> hits, OutputReader outputReader) {
        List<RowRef> rows = hits.stream().map(Candidate::row).toList();
        List<Need> frames = new ArrayList<>();
        rows.stream().map(RowRef::source).distinct().forEach(source -> frames.addAll(source.frames(List.of(field))));
        waves.bring(frames);
        OutputFields wanted = new OutputFields(List.of(field.name()), List.of(field), Set.of());
        return outputReader.read(waves, rows, wanted).columns().getFirst().column();
    }
}
