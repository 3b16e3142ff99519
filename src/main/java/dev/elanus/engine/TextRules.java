package dev.elanus.engine;

import dev.elanus.analysis.TextAnalyzer;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;

/** What fields must keep whose texts are analyzed. */
final class TextRules {
    private TextRules() {}

    /** @throws Invalid naming the first field that breaks a rule */
    static void check(CollectionSchema schema) {
        schema.fields().forEach(TextRules::check);
    }

    private static void check(Field field) {
        if (field.matched() && !field.analyzed()) {
            throw new Invalid("field " + field.name()
                    + " which has enable_match or is input of BM25 function must also enable_analyzer");
        }
        if (field.analyzed() && field.type() != DataType.VARCHAR) {
            throw new Invalid("field " + field.name() + ": only VarChar fields can enable analyzer, found "
                    + field.type().text());
        }
        try {
            TextAnalyzer.of(field.analyzerParams());
        } catch (Invalid wrong) {
            throw new Invalid("field " + field.name() + ": " + wrong.getMessage());
        }
    }
}
