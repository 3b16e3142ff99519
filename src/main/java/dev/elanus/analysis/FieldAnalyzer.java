package dev.elanus.analysis;

import dev.elanus.error.Invalid;
import dev.elanus.schema.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What cuts the texts of a field: one analyzer for all rows, or several of which another field's value names each row's. */
public final class FieldAnalyzer {
    private final NamedAnalyzers analyzers;
    private final @Nullable String byField;

    private FieldAnalyzer(NamedAnalyzers analyzers, @Nullable String byField) {
        this.analyzers = analyzers;
        this.byField = byField;
    }

    /**
     * The analyzers that the field's parameters ask for.
     *
     * @throws Invalid if there is no such analyzer
     * @throws dev.elanus.error.Unsupported if Milvus has it and it is not offered here
     */
    public static FieldAnalyzer of(Field field) {
        String several = field.multiAnalyzerParams();
        if (several.isEmpty()) {
            TextAnalyzer one = TextAnalyzer.of(field.analyzerParams());
            return new FieldAnalyzer(new NamedAnalyzers(Map.of(NamedAnalyzers.DEFAULT, one), Map.of()), null);
        }
        return new FieldAnalyzer(NamedAnalyzers.of(several), NamedAnalyzers.byField(several));
    }

    /** The name of the field whose values name the analyzers of rows; empty where there is one analyzer for all. */
    public Optional<String> byField() {
        return Optional.ofNullable(byField);
    }

    /** Chains of streams for one thread, one for each analyzer that is used. */
    public Passes passes() {
        return new Passes();
    }

    /** Analyzes many texts. For one thread. */
    public final class Passes implements AutoCloseable {
        private final Map<TextAnalyzer, TextAnalyzer.Pass> open = new HashMap<>();

        private Passes() {}

        /**
         * The tokens of a text in their order.
         *
         * @param analyzer a name; what it names is the default where there is none such, as is null
         */
        public List<Token> tokens(@Nullable String analyzer, String text) {
            return open.computeIfAbsent(analyzers.named(analyzer), TextAnalyzer::pass)
                    .tokens(text);
        }

        @Override
        public void close() {
            open.values().forEach(TextAnalyzer.Pass::close);
        }
    }
}
