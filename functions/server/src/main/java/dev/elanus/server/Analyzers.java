package dev.elanus.server;

import dev.elanus.analysis.TextAnalyzer;
import dev.elanus.analysis.Token;
import dev.elanus.engine.Database;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.Field;
import jakarta.inject.Singleton;
import java.util.List;

/** Shows what analyzers make of texts. */
@Singleton
class Analyzers {
    private final Database database;

    Analyzers(Database database) {
        this.database = database;
    }

    /** The tokens of each text by {@code analyzer_params}; the standard analyzer where they are empty. */
    List<List<Token>> byParams(String params, List<String> texts) {
        return tokens(TextAnalyzer.of(params), texts);
    }

    /**
     * The tokens of each text by the analyzer of a field.
     *
     * @throws Invalid if the field has none
     */
    List<List<Token>> byField(CollectionName collection, String fieldName, List<String> texts) {
        Field field = database.describeCollection(collection).schema().field(fieldName);
        if (!field.analyzed()) {
            throw new Invalid("field " + fieldName + " is not enable analyzer");
        }
        return tokens(TextAnalyzer.of(field.analyzerParams()), texts);
    }

    private static List<List<Token>> tokens(TextAnalyzer analyzer, List<String> texts) {
        try (TextAnalyzer.Pass pass = analyzer.pass()) {
            return texts.stream().map(pass::tokens).toList();
        }
    }
}
