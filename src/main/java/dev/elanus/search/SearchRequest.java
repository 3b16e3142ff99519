package dev.elanus.search;

import dev.elanus.schema.CollectionName;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Nearest neighbours of some vectors.
 *
 * @param partitions names; empty for all
 * @param vectorField null where the collection has only one
 * @param targets whose neighbours are looked for, 1 to 16,384
 * @param topK hits a query, 1 to 16,384
 * @param offset hits to leave out from the front of each query's
 * @param outputFields as the client asked: names of fields, of dynamic keys, or {@code *}
 * @param metric null for the index's; another one than the index's is refused
 * @param params the search parameters by name: {@code ef}, {@code nprobe}, {@code search_list}, {@code radius}, {@code range_filter}, …; unknown
 *     ones are left alone
 * @param roundDecimal digits of a score behind the point, 0 to 6, or -1 for all
 * @param ignoreGrowing leave out rows that are not sealed yet
 * @param limit how long the search may take
 * @param highlighting which words of the hits' texts are marked; null for none
 */
public record SearchRequest(
        CollectionName collection,
        List<String> partitions,
        @Nullable String vectorField,
        List<SearchTarget> targets,
        int topK,
        int offset,
        FilterText filter,
        List<String> outputFields,
        @Nullable String metric,
        Map<String, String> params,
        int roundDecimal,
        boolean ignoreGrowing,
        ReadPoint readPoint,
        Duration limit,
        @Nullable Highlighting highlighting) {
    /** A search that marks nothing. */
    public SearchRequest(
            CollectionName collection,
            List<String> partitions,
            @Nullable String vectorField,
            List<SearchTarget> targets,
            int topK,
            int offset,
            FilterText filter,
            List<String> outputFields,
            @Nullable String metric,
            Map<String, String> params,
            int roundDecimal,
            boolean ignoreGrowing,
            ReadPoint readPoint,
            Duration limit) {
        this(
                collection,
                partitions,
                vectorField,
                targets,
                topK,
                offset,
                filter,
                outputFields,
                metric,
                params,
                roundDecimal,
                ignoreGrowing,
                readPoint,
                limit,
                null);
    }

    /** The same with words marked in the texts of its hits. */
    public SearchRequest marking(@Nullable Highlighting words) {
        return with(draft -> draft.highlighting = words);
    }

    /** The same in some partitions; in all where none is named. */
    public SearchRequest in(List<String> names) {
        return with(draft -> draft.partitions = List.copyOf(names));
    }

    /** The same with more search parameters. */
    SearchRequest with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(params);
        all.putAll(more);
        return with(draft -> draft.params = all);
    }

    /** The same for other targets. */
    SearchRequest of(List<SearchTarget> others) {
        return with(draft -> draft.targets = List.copyOf(others));
    }

    /** The same with other output fields. */
    public SearchRequest withOutput(List<String> fields) {
        return with(draft -> draft.outputFields = List.copyOf(fields));
    }

    /** The same with the hits that the offset would leave out, and scores that are not rounded. */
    public SearchRequest withoutOffset() {
        return with(draft -> {
            draft.topK = topK + offset;
            draft.offset = 0;
            draft.roundDecimal = -1;
        });
    }

    private SearchRequest with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new SearchRequest(
                collection,
                draft.partitions,
                vectorField,
                draft.targets,
                draft.topK,
                draft.offset,
                filter,
                draft.outputFields,
                metric,
                draft.params,
                draft.roundDecimal,
                ignoreGrowing,
                readPoint,
                limit,
                draft.highlighting);
    }

    /** What may differ in a copy. */
    private static final class Draft {
        private List<String> partitions;
        private List<SearchTarget> targets;
        private int topK;
        private int offset;
        private List<String> outputFields;
        private Map<String, String> params;
        private int roundDecimal;
        private @Nullable Highlighting highlighting;

        private Draft(SearchRequest request) {
            partitions = request.partitions;
            targets = request.targets;
            topK = request.topK;
            offset = request.offset;
            outputFields = request.outputFields;
            params = request.params;
            roundDecimal = request.roundDecimal;
            highlighting = request.highlighting;
        }
    }
}
