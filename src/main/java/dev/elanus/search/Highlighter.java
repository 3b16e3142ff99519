package dev.elanus.search;

import dev.elanus.analysis.TextAnalyzer;
import dev.elanus.analysis.Token;
import dev.elanus.column.BytesColumn;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.storage.Need;
import dev.elanus.vector.Metric;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Marks words in the texts of hits: a token of the text is marked if a token of what was asked for is the same. */
final class Highlighter {
    private final SearchPlan plan;
    private final Highlighting highlighting;
    /** Of each field, what is marked for every query. */
    private final Map<Field, Set<String>> words = new LinkedHashMap<>();

    /** @throws Invalid if a field has no words */
    Highlighter(CollectionSchema schema, SearchPlan plan, Highlighting highlighting) {
        this.plan = plan;
        this.highlighting = highlighting;
        if (highlighting.searchText()) {
            if (plan.metric() != Metric.BM25) {
                throw new Invalid("Search highlight only support with metric type \"BM25\" but was: " + plan.metric());
            }
            words.put(TargetVectors.input(schema, plan.vectorField()).orElseThrow(), new HashSet<>());
        }
        for (Highlighting.Words more : highlighting.words()) {
            Field field = schema.find(more.field())
                    .orElseThrow(() -> new Invalid("highlight field not found in schema: " + more.field()));
            if (field.type() != DataType.VARCHAR || !field.analyzed()) {
                throw new Invalid("get highlight failed, the highlight field not found, " + field.name() + ":"
                        + field.id() + ": expected a VarChar field with enable_analyzer");
            }
            words.computeIfAbsent(field, _ -> new HashSet<>()).addAll(words(field, more.text()));
        }
    }

    private static Set<String> words(Field field, String text) {
        Set<String> words = new HashSet<>();
        TextAnalyzer.of(field.analyzerParams()).tokens(text).forEach(token -> words.add(token.text()));
        return words;
    }

    /** @param targets of the search, one for each query */
    List<Highlights> mark(List<SearchTarget> targets, SearchHits found, Waves waves, OutputReader outputReader) {
        List<Field> fields = List.copyOf(words.keySet());
        List<RowRef> rows = found.all().stream().map(Candidate::row).toList();
        List<Need> frames = new ArrayList<>();
        rows.stream().map(RowRef::source).distinct().forEach(source -> frames.addAll(source.frames(fields)));
        waves.bring(frames);
        List<OutputRows.OutputColumn> texts = outputReader
                .read(
                        waves,
                        rows,
                        new OutputFields(fields.stream().map(Field::name).toList(), fields, Set.of()))
                .columns();
        return texts.stream()
                .map(column -> mark(column.field(), (BytesColumn) column.column(), targets, found.counts()))
                .toList();
    }

    private Highlights mark(Field field, BytesColumn texts, List<SearchTarget> targets, int[] counts) {
        boolean ofSearch = highlighting.searchText() && isSearched(field);
        List<List<String>> fragments = new ArrayList<>(texts.rowCount());
        try (TextAnalyzer.Pass pass = TextAnalyzer.of(field.analyzerParams()).pass()) {
            int row = 0;
            for (int query = 0; query < counts.length; query++) {
                Set<String> wanted = new HashSet<>(words.getOrDefault(field, Set.of()));
                if (ofSearch && targets.get(query) instanceof SearchTarget.Text(String text)) {
                    wanted.addAll(words(field, text));
                }
                for (int end = row + counts[query]; row < end; row++) {
                    String text = texts.isNull(row) ? "" : texts.textAt(row);
                    List<Token> tokens = pass.tokens(text).stream()
                            .filter(token -> wanted.contains(token.text()))
                            .toList();
                    fragments.add(MarkedText.of(text, tokens).fragments(highlighting));
                }
            }
        }
        return new Highlights(field.name(), fragments);
    }

    private boolean isSearched(Field field) {
        return field.equals(words.keySet().iterator().next());
    }
}
