package dev.elanus.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.column.Column;
import dev.elanus.column.Columns;
import dev.elanus.host.MachineHost;
import dev.elanus.index.IndexExtent;
import dev.elanus.index.IndexSpec;
import dev.elanus.index.Indexes;
import dev.elanus.index.MemoryOutput;
import dev.elanus.index.Progress;
import dev.elanus.index.ScalarIndexSpec;
import dev.elanus.schema.Field;
import dev.elanus.vector.KernelChoice;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A scalar index never changes what a filter finds. */
class FilterIndexFuzzTest {
    private static final int ROUNDS = 200;
    private static final int FILTERS = 30;
    private static final Set<ScalarIndexSpec.Cast> EVERYTHING = EnumSet.of(ScalarIndexSpec.Cast.JSON);
    /** An index over all that lies in JSON answers what no other does; so it stands alone as well. */
    private static final List<Set<ScalarIndexSpec.Cast>> CASTS =
            List.of(EnumSet.complementOf(EnumSet.of(ScalarIndexSpec.Cast.GEOMETRY)), EVERYTHING);

    @Test
    void filtersFindTheSameRowsWithIndexesOnEverythingAndWithoutTheIndexedColumns() {
        long seed = Long.getLong("seed", 20261126);
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int served = 0;
        try (MachineHost host = new MachineHost(1)) {
            Indexes indexes = new Indexes(KernelChoice.pick(host).kernels(), host);
            for (int round = 0; round < ROUNDS; round++) {
                Columns columns = FilterSamples.columns(FilterFuzzTest.rows(random));
                Map<LookupTarget, ScalarLookup> lookups = lookups(indexes, columns, CASTS.get(round % CASTS.size()));
                for (int i = 0; i < FILTERS; i++) {
                    RandomFilter text = RandomFilter.next(random, 2);
                    Filter filter = FilterParser.parse(text.text(), Map.of(), FilterSamples.SCHEMA);
                    Set<Integer> needed = FilterFields.of(filter, lookups.keySet());
                    served += FilterFields.of(filter).size() - needed.size();
                    Map<Integer, Column> left = new LinkedHashMap<>(columns.byFieldId());
                    left.keySet().retainAll(needed);
                    assertThat(FilterEvaluator.passing(
                                            filter, new Columns(columns.rowCount(), left), lookups, columns.rowCount())
                                    .toArray())
                            .as(text.text())
                            .containsExactly(FilterEvaluator.passing(filter, columns, columns.rowCount())
                                    .toArray());
                }
            }
        }
        assertThat(served).as("columns that indexes made superfluous").isGreaterThan(ROUNDS * FILTERS / 4);
    }

    private static Map<LookupTarget, ScalarLookup> lookups(
            Indexes indexes, Columns columns, Set<ScalarIndexSpec.Cast> casts) {
        Map<LookupTarget, ScalarLookup> lookups = new LinkedHashMap<>();
        for (Field field : FilterSamples.SCHEMA.fields()) {
            if (field.type().isVector()) {
                continue;
            }
            if (field == FilterSamples.J || field == FilterSamples.META) {
                String name = field == FilterSamples.J ? "j" : "color";
                for (String path : List.of(name, name + "[\"a\"]", name + "['a'][0]")) {
                    for (ScalarIndexSpec.Cast cast : casts) {
                        add(lookups, indexes, columns, field, Map.of("json_path", path, "json_cast_type", cast.name()));
                    }
                    if (casts == EVERYTHING) {
                        add(
                                lookups,
                                indexes,
                                columns,
                                field,
                                Map.of(
                                        "index_type",
                                        "NGRAM",
                                        "min_gram",
                                        "1",
                                        "max_gram",
                                        "2",
                                        "json_path",
                                        path,
                                        "json_cast_type",
                                        "VARCHAR"));
                    }
                }
            } else {
                add(lookups, indexes, columns, field, Map.of());
            }
            if (field == FilterSamples.T) {
                lookups.keySet().removeIf(target -> target.fieldId() == field.id());
                add(lookups, indexes, columns, field, Map.of("index_type", "NGRAM", "min_gram", "1", "max_gram", "2"));
            }
        }
        return lookups;
    }

    private static void add(
            Map<LookupTarget, ScalarLookup> lookups,
            Indexes indexes,
            Columns columns,
            Field field,
            Map<String, String> params) {
        ScalarIndexSpec spec = (ScalarIndexSpec) IndexSpec.parse(field, params);
        MemoryOutput out = new MemoryOutput();
        IndexExtent extent = indexes.build(spec, field, columns.column(field.id()), out, Progress.NONE);
        LookupTarget target = spec.target(field);
        lookups.put(target, Indexes.lookup(spec, target, extent, out.bytes()));
    }
}
