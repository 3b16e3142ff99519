package dev.elanus.search;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.RowSet;
import dev.elanus.error.Invalid;
import dev.elanus.filter.Filter;
import dev.elanus.filter.FilterEvaluator;
import dev.elanus.filter.FilterFields;
import dev.elanus.filter.FilterKeys;
import dev.elanus.filter.FilterParser;
import dev.elanus.filter.FilterStatistics;
import dev.elanus.log.DeletedRows;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request's filter, parsed: what it reads and which rows of a source pass it.
 *
 * @param filter null where every row passes
 * @param fields that must be present to evaluate it
 * @param listedKeys the keys, if the filter lists primary keys and says nothing else
 */
record ReadFilter(@Nullable Filter filter, List<Field> fields, Optional<Column> listedKeys) {
    /** @throws Invalid if the text is not a filter over the schema */
    static ReadFilter parse(FilterText text, CollectionSchema schema) {
        if (text.isBlank()) {
            return new ReadFilter(null, List.of(), Optional.empty());
        }
        try {
            Filter filter = FilterParser.parse(text.text(), text.templates(), schema);
            List<Field> fields = FilterFields.of(filter).stream()
                    .map(id -> schema.find(id).orElseThrow())
                    .toList();
            return new ReadFilter(filter, fields, FilterKeys.of(filter, schema));
        } catch (Invalid wrong) {
            throw new Invalid(wrong.reason(), "failed to create query plan: " + wrong.getMessage());
        }
    }

    boolean isEverything() {
        return filter == null;
    }

    /** Whether some row of a segment may pass, as far as its statistics tell. */
    boolean mayPass(SegmentEntry segment) {
        return filter == null || FilterStatistics.mayPass(filter, segment.statistics());
    }

    /** The rows that pass; the source's {@link #fields} are present. */
    RowSet passing(Source source) {
        if (filter == null) {
            return RowSet.all(source.rowCount());
        }
        Columns columns = source.view(fields);
        if (listedKeys.isPresent() && source.isSorted()) {
            Column keys = columns.column(fields.getFirst().id());
            RowSet found = RowSet.none(source.rowCount());
            for (int at = 0; at < listedKeys.get().rowCount(); at++) {
                DeletedRows.addRows(found, keys, listedKeys.get(), at);
            }
            return found;
        }
        return FilterEvaluator.passing(filter, columns, source.rowCount());
    }
}
