package dev.elanus.search;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.column.Keys;
import dev.elanus.column.RowSet;
import dev.elanus.error.Invalid;
import dev.elanus.manifest.Manifest;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.storage.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Applies the weights of a {@link Boost} to hits: reads of them alone what the filters ask of. */
final class Boosting {
    private final Boost boost;
    private final CollectionSchema schema;
    private final List<ReadFilter> filters;
    private final Set<Field> fields = new LinkedHashSet<>();

    /** @throws dev.elanus.error.Invalid if a filter is none, or a field is not there */
    Boosting(Boost boost, Manifest manifest) {
        this.boost = boost;
        schema = manifest.schema();
        filters = boost.weights().stream()
                .map(weight -> ReadFilter.parse(weight.filter(), manifest))
                .toList();
        filters.forEach(filter -> fields.addAll(filter.fields(Set.of())));
        for (Boost.Weight weight : boost.weights()) {
            if (weight.chance() != null) {
                fields.add(fieldOf(weight.chance()));
            }
        }
    }

    private Field fieldOf(Boost.Chance chance) {
        Field field = chance.field() == null ? schema.primaryKey() : schema.field(chance.field());
        if (!field.type().isInteger() && field.type() != DataType.VARCHAR) {
            throw Invalid.of(
                    "random_score: field " + field.name(),
                    "integers or VarChar",
                    field.type().text());
        }
        return field;
    }

    List<Candidate> of(List<Candidate> hits, Waves waves, OutputReader outputReader) {
        List<RowRef> rows = hits.stream().map(Candidate::row).toList();
        List<Need> frames = new ArrayList<>();
        rows.stream().map(RowRef::source).distinct().forEach(source -> frames.addAll(source.frames(fields)));
        waves.bring(frames);
        OutputFields wanted = new OutputFields(List.of(), List.copyOf(fields), Set.of());
        Map<Integer, Column> values = new LinkedHashMap<>();
        outputReader
                .read(waves, rows, wanted)
                .columns()
                .forEach(column -> values.put(column.field().id(), column.column()));
        Columns columns = new Columns(rows.size(), values);
        @Nullable Float[] weights = new Float[rows.size()];
        for (int i = 0; i < filters.size(); i++) {
            add(boost.weights().get(i), filters.get(i).passing(columns), columns, weights);
        }
        List<Candidate> boosted = new ArrayList<>();
        for (int row = 0; row < weights.length; row++) {
            Candidate hit = hits.get(row);
            Float weight = weights[row];
            boosted.add(weight == null ? hit : hit.scored(boost.withScore().of(hit.score(), weight)));
        }
        return boosted;
    }

    private void add(Boost.Weight weight, RowSet passing, Columns columns, @Nullable Float[] weights) {
        for (int row = passing.next(0); row >= 0; row = passing.next(row + 1)) {
            float own = weight.weight();
            if (weight.chance() != null) {
                Column values = columns.column(fieldOf(weight.chance()).id());
                int value = values.isNull(row) ? 0 : Keys.valueAt(values, row).hashCode();
                own *= (float) new SplittableRandom(weight.chance().seed() * 31 + value).nextDouble();
            }
            Float before = weights[row];
            weights[row] = before == null ? own : boost.together().of(before, own);
        }
    }
}
