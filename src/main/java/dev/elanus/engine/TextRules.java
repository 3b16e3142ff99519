package dev.elanus.engine;

import dev.elanus.analysis.FieldAnalyzer;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;

/** What fields must keep whose texts are analyzed. */
final class TextRules {
    private TextRules() {}

    /** @throws Invalid naming the first field that breaks a rule */
    static void check(String collection, CollectionSchema schema) {
        schema.fields().forEach(field -> check(collection, schema, field));
    }

    private static void check(String collection, CollectionSchema schema, Field field) {
        if (field.matched() && !field.analyzed()) {
            throw new Invalid("field " + field.name()
                    + " which has enable_match or is input of BM25 function must also enable_analyzer");
        }
        if (field.analyzed() && field.type() != DataType.VARCHAR) {
            throw new Invalid("field " + field.name() + ": only VarChar fields can enable analyzer, found "
                    + field.type().text());
        }
        if (!field.multiAnalyzerParams().isEmpty()) {
            checkSeveral(field);
        }
        FieldAnalyzer analyzer;
        try {
            analyzer = FieldAnalyzer.of(field);
        } catch (Invalid wrong) {
            throw new Invalid("field " + field.name() + ": " + wrong.getMessage());
        }
        analyzer.byField().ifPresent(name -> checkByField(collection, schema, name));
    }

    private static void checkSeveral(Field field) {
        if (field.type() != DataType.VARCHAR || !field.analyzed()) {
            throw new Invalid("field " + field.name() + " has multi_analyzer_params but does not enable analyzer");
        }
        if (field.matched()) {
            throw new Invalid(
                    "multi analyzer now only support for bm25, but now field " + field.name() + " enable match");
        }
        if (!field.analyzerParams().isEmpty()) {
            throw new Invalid("field " + field.name() + " analyzer params should be none if has multi analyzer params");
        }
    }

    private static void checkByField(String collection, CollectionSchema schema, String name) {
        Field field = schema.find(name)
                .orElseThrow(() -> new Invalid(
                        "multi analyzer dependent field " + name + " not exist in collection " + collection));
        if (field.type() != DataType.VARCHAR) {
            throw new Invalid(
                    "multi analyzer params now only support by string field, but field " + name + " is not string");
        }
    }
}
