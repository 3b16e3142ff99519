package dev.elanus.server;

import dev.elanus.analysis.FieldAnalyzer;
import dev.elanus.analysis.TextAnalyzer;
import dev.elanus.analysis.Token;
import dev.elanus.engine.Database;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.Field;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Shows what analyzers make of texts. */
@Singleton
class Analyzers {
    private final Database database;

    Analyzers(Database database) {
        this.database = database;
    }

    /** @throws Invalid if params are given beside the field whose analyzers are asked for */
    static void checkNoParams(String params) {
        if (!params.isBlank() && !params.strip().equals("{}")) {
            throw new Invalid("run analyzer can't use analyzer params and (collection,field) in same time");
        }
    }

    /** The tokens of each text by {@code analyzer_params}; the standard analyzer where they are empty. */
    List<List<Token>> byParams(String params, List<String> texts) {
        return tokens(TextAnalyzer.of(params), texts);
    }

    /**
     * The tokens of each text by the analyzers of a field.
     *
     * @param names of the analyzers, where the field has several: one for each text, or one for all
     * @throws Invalid if the field has none, or there are more or fewer names
     */
    List<List<Token>> byField(CollectionName collection, String fieldName, List<String> names, List<String> texts) {
        if (names.size() > 1 && names.size() != texts.size()) {
            throw new Invalid("only support set one analyzer name for all text or set analyzer name for each text, but"
                    + " now analyzer name num: " + names.size() + ", text num: " + texts.size());
        }
        Field field = database.describeCollection(collection).schema().field(fieldName);
        if (!field.analyzed()) {
            throw new Invalid("field " + fieldName + " is not enable analyzer");
        }
        FieldAnalyzer analyzer = FieldAnalyzer.of(field);
        if (analyzer.byField().isPresent() && names.isEmpty()) {
            throw new Invalid("analyzer names must be set for multi analyzer");
        }
        List<List<Token>> tokens = new ArrayList<>();
        try (FieldAnalyzer.Passes passes = analyzer.passes()) {
            for (int i = 0; i < texts.size(); i++) {
                String name = names.isEmpty() ? null : names.get(names.size() == 1 ? 0 : i);
                tokens.add(passes.tokens(name, texts.get(i)));
            }
        }
        return tokens;
    }

    private static List<List<Token>> tokens(TextAnalyzer analyzer, List<String> texts) {
        try (TextAnalyzer.Pass pass = analyzer.pass()) {
            return texts.stream().map(pass::tokens).toList();
        }
    }
}
