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
import dev.elanus.filter.LookupTarget;
import dev.elanus.filter.NumberCasts;
import dev.elanus.filter.Place;
import dev.elanus.filter.ScalarLookup;
import dev.elanus.index.ScalarIndexSpec;
import dev.elanus.log.DeletedRows;
import dev.elanus.manifest.IndexDefinition;
import dev.elanus.manifest.Manifest;
import dev.elanus.manifest.SegmentEntry;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request's filter, parsed: what it reads and which rows of a source pass it.
 *
 * @param filter null where every row passes
 * @param schema that it was parsed by
 * @param listedKeys the keys, if the filter lists primary keys and says nothing else
 * @param indexes by what they are over, those that it can use where a segment has them
 */
record ReadFilter(
        @Nullable Filter filter,
        CollectionSchema schema,
        Optional<Column> listedKeys,
        Map<LookupTarget, IndexDefinition> indexes) {
    /** @throws Invalid if the text is not a filter over the schema */
    static ReadFilter parse(FilterText text, Manifest manifest) {
        CollectionSchema schema = manifest.schema();
        if (text.isBlank()) {
            return new ReadFilter(null, schema, Optional.empty(), Map.of());
        }
        try {
            Map<LookupTarget, IndexDefinition> all = scalarIndexes(manifest);
            Filter filter = NumberCasts.apply(
                    FilterParser.parse(
                            text.text(), text.templates(), schema.in(text.zone().orElse(schema.zone()))),
                    all.keySet());
            Optional<Column> listedKeys = FilterKeys.of(filter, schema);
            Map<LookupTarget, IndexDefinition> indexes = listedKeys.isPresent() ? Map.of() : usable(filter, all);
            return new ReadFilter(filter, schema, listedKeys, indexes);
        } catch (Invalid wrong) {
            throw new Invalid(wrong.reason(), "failed to create query plan: " + wrong.getMessage());
        }
    }

    private static Map<LookupTarget, IndexDefinition> scalarIndexes(Manifest manifest) {
        Map<LookupTarget, IndexDefinition> all = new LinkedHashMap<>();
        for (IndexDefinition index : manifest.indexes()) {
            if (index.spec() instanceof ScalarIndexSpec spec) {
                manifest.schema().find(index.fieldId()).ifPresent(field -> all.put(spec.target(field), index));
            }
        }
        return all;
    }

    private static Map<LookupTarget, IndexDefinition> usable(Filter filter, Map<LookupTarget, IndexDefinition> all) {
        all.keySet().retainAll(FilterFields.used(filter, all.keySet()));
        return all;
    }

    /** The fields whose columns must be present to evaluate the filter where there are some indexes. */
    List<Field> fields(Set<LookupTarget> present) {
        if (filter == null) {
            return List.of();
        }
        return FilterFields.of(filter, present).stream()
                .map(id -> schema.find(id).orElseThrow())
                .toList();
    }

    /** The share of the rows that pass which is wanted, where it is not all. Over all sources, so that it does not count in how many rows lie. */
    OptionalDouble share() {
        return filter instanceof Filter.Sample(Filter _, double share, Place _)
                ? OptionalDouble.of(share)
                : OptionalDouble.empty();
    }

    boolean isEverything() {
        return filter == null;
    }

    /** Whether some row of a segment may pass, as far as its statistics tell. */
    boolean mayPass(SegmentEntry segment) {
        return filter == null || FilterStatistics.mayPass(filter, segment.statistics());
    }

    /** The rows of some columns that pass; all fields that it asks of are among them. */
    RowSet passing(Columns columns) {
        return filter == null
                ? RowSet.all(columns.rowCount())
                : FilterEvaluator.passing(filter, columns, columns.rowCount());
    }

    /** The rows that pass, before {@link #share} is taken of them; the fields that it needs of the source are present, and the source's indexes. */
    RowSet passing(Source source) {
        if (filter == null) {
            return RowSet.all(source.rowCount());
        }
        Map<LookupTarget, ScalarLookup> lookups = source.lookups();
        Columns columns = source.view(fields(lookups.keySet()));
        if (listedKeys.isPresent() && source.isSorted()) {
            Column keys = source.column(schema.primaryKey());
            RowSet found = RowSet.none(source.rowCount());
            for (int at = 0; at < listedKeys.get().rowCount(); at++) {
                DeletedRows.addRows(found, keys, listedKeys.get(), at);
            }
            return found;
        }
        Filter whole = filter instanceof Filter.Sample(Filter of, double _, Place _) ? of : filter;
        return FilterEvaluator.passing(whole, columns, lookups, source.rowCount());
    }
}
