package dev.elanus.engine;

import dev.elanus.analysis.FieldAnalyzer;
import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.schema.FunctionSchema;
import dev.elanus.vector.TermFrequencies;
import java.util.LinkedHashMap;
import java.util.Map;

/** The columns that the functions of a schema make of those that clients gave. */
final class FunctionColumns {
    private FunctionColumns() {}

    /** The rows with every function's output. @param rows whose inputs are complete */
    static Columns with(CollectionSchema schema, Columns rows) {
        if (schema.functions().isEmpty()) {
            return rows;
        }
        Map<Integer, Column> columns = new LinkedHashMap<>(rows.byFieldId());
        for (FunctionSchema function : schema.functions()) {
            switch (function.kind()) {
                case BM25 -> {
                    Field input = schema.field(function.inputs().getFirst());
                    Field output = schema.field(function.outputs().getFirst());
                    FieldAnalyzer analyzer = FieldAnalyzer.of(input);
                    BytesColumn texts = (BytesColumn) rows.column(input.id());
                    BytesColumn names = analyzer.byField()
                            .map(name ->
                                    (BytesColumn) rows.column(schema.field(name).id()))
                            .orElse(null);
                    columns.put(output.id(), TermFrequencies.of(analyzer, texts, names));
                }
                case TEXT_EMBEDDING, MIN_HASH ->
                    throw new IllegalStateException("refused when the collection was created: " + function.kind());
            }
        }
        return new Columns(rows.rowCount(), columns);
    }
}
