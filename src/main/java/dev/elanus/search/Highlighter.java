package dev.elanus.search;

import dev.elanus.analysis.FieldAnalyzer;
import dev.elanus.analysis.Token;
import dev.elanus.column.BytesColumn;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.storage.Need;
import dev.elanus.vector.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Marks words in the texts of hits: a token of the text is marked if a token of what was asked for is the same. */
final class Highlighter {
    private final SearchPlan plan;
    private final Highlighting highlighting;
    /** Which of a field's analyzers cuts what was asked for, null for the default one. */
    private final @Nullable String asked;
    /** The field that names the analyzers of a field's rows, where one does. */
    private final Map<Field, Field> namedBy = new HashMap<>();
    /** Of each field, what is marked for every query. */
    private final Map<Field, Set<String>> words = new LinkedHashMap<>();

    /** @throws Invalid if a field has no words */
    Highlighter(CollectionSchema schema, SearchPlan plan, SearchRequest request, Highlighting highlighting) {
        this.plan = plan;
        this.highlighting = highlighting;
        this.asked = request.params().get(TargetVectors.ANALYZER);
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
        for (Field field : words.keySet()) {
            FieldAnalyzer.of(field).byField().ifPresent(name -> namedBy.put(field, schema.field(name)));
        }
    }

    private Set<String> words(Field field, String text) {
        Set<String> words = new HashSet<>();
        try (FieldAnalyzer.Passes passes = FieldAnalyzer.of(field).passes()) {
            passes.tokens(asked, text).forEach(token -> words.add(token.text()));
        }
        return words;
    }

    /** @param targets of the search, one for each query */
    List<Highlights> mark(List<SearchTarget> targets, SearchHits found, Waves waves, OutputReader outputReader) {
        Set<Field> read = new LinkedHashSet<>(words.keySet());
        read.addAll(namedBy.values());
        List<Field> fields = List.copyOf(read);
        List<RowRef> rows = found.all().stream().map(Candidate::row).toList();
        List<Need> frames = new ArrayList<>();
        rows.stream().map(RowRef::source).distinct().forEach(source -> frames.addAll(source.frames(fields)));
        waves.bring(frames);
        List<BytesColumn> texts = outputReader
                .read(
                        waves,
                        rows,
                        new OutputFields(fields.stream().map(Field::name).toList(), fields, Set.of()))
                .columns()
                .stream()
                .map(column -> (BytesColumn) column.column())
                .toList();
        List<Highlights> marked = new ArrayList<>();
        for (Field field : words.keySet()) {
            Field naming = namedBy.get(field);
            BytesColumn names = naming == null ? null : texts.get(fields.indexOf(naming));
            marked.add(mark(field, texts.get(fields.indexOf(field)), names, targets, found.counts()));
        }
        return marked;
    }

    private Highlights mark(
            Field field, BytesColumn texts, @Nullable BytesColumn names, List<SearchTarget> targets, int[] counts) {
        boolean ofSearch = highlighting.searchText() && isSearched(field);
        List<List<String>> fragments = new ArrayList<>(texts.rowCount());
        try (FieldAnalyzer.Passes passes = FieldAnalyzer.of(field).passes()) {
            int row = 0;
            for (int query = 0; query < counts.length; query++) {
                Set<String> wanted = new HashSet<>(words.getOrDefault(field, Set.of()));
                if (ofSearch && targets.get(query) instanceof SearchTarget.Text(String text)) {
                    wanted.addAll(words(field, text));
                }
                for (int end = row + counts[query]; row < end; row++) {
                    String name = names == null || names.isNull(row) ? null : names.textAt(row);
                    String text = texts.isNull(row) ? "" : texts.textAt(row);
                    List<Token> tokens = passes.tokens(name, text).stream()
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
