package dev.elanus.search;

import dev.elanus.vector.Metric;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes one list of the hits of several searches over one view. */
final class HybridRun {
    private final HybridRequest request;
    private final List<SearchHits> found = new ArrayList<>();
    private final List<Metric> metrics = new ArrayList<>();

    HybridRun(HybridRequest request) {
        this.request = request;
    }

    void add(SearchHits hits, Metric metric) {
        found.add(hits);
        metrics.add(metric);
    }

    SearchHits fused() {
        List<List<Candidate>> fused = new ArrayList<>();
        for (int query = 0; query < request.queryCount(); query++) {
            fused.add(fuse(query));
        }
        return new SearchHits(
                fused, found.stream().mapToLong(SearchHits::scanned).sum());
    }

    private List<Candidate> fuse(int query) {
        Fusion fusion = request.fusion();
        boolean isMixed =
                metrics.stream().map(Metric::largerIsNearer).distinct().count() > 1;
        Map<Object, Candidate> byKey = new LinkedHashMap<>();
        for (int part = 0; part < found.size(); part++) {
            List<Candidate> hits = found.get(part).ofQuery().get(query);
            for (int at = 0; at < hits.size(); at++) {
                Candidate hit = hits.get(at);
                float share = fusion.share(part, at + 1, hit.score(), metrics.get(part), isMixed);
                byKey.merge(hit.key(), hit.scored(share), (one, other) -> one.scored(one.score() + other.score()));
            }
        }
        Comparator<Candidate> best = Comparator.comparing(Candidate::score);
        if (fusion.largerIsBetter(metrics)) {
            best = best.reversed();
        }
        List<Candidate> sorted = new ArrayList<>(byKey.values());
        sorted.sort(best.thenComparing(Candidate::compareKeys));
        int from = Math.min(request.offset(), sorted.size());
        return sorted.subList(from, Math.min(from + request.limit(), sorted.size()));
    }
}
