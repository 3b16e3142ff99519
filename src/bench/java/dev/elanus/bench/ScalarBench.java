package dev.elanus.bench;

import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.column.RowSet;
import dev.elanus.filter.Filter;
import dev.elanus.filter.FilterEvaluator;
import dev.elanus.filter.FilterFields;
import dev.elanus.filter.FilterParser;
import dev.elanus.filter.LookupTarget;
import dev.elanus.filter.ScalarLookup;
import dev.elanus.host.MachineHost;
import dev.elanus.index.IndexExtent;
import dev.elanus.index.IndexSpec;
import dev.elanus.index.Indexes;
import dev.elanus.index.MemoryOutput;
import dev.elanus.index.Progress;
import dev.elanus.index.ScalarIndexSpec;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.vector.KernelChoice;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * CPU time of filters over rows of one segment, on one thread, parsed anew each time, with and without scalar indexes.
 *
 * <p>{@code ScalarBench [ROWS [REPETITIONS]]}
 */
public final class ScalarBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private static final Field ID = Field.scalar(100, "id", DataType.INT64).asPrimaryKey(false);
    private static final Field A = Field.scalar(101, "a", DataType.INT64);
    private static final Field B = Field.scalar(102, "b", DataType.INT64);
    private static final Field S = Field.varchar(103, "s", 40);
    private static final CollectionSchema SCHEMA = new CollectionSchema("", List.of(ID, A, B, S), false);

    private final MachineHost host = new MachineHost();
    private final Indexes indexes = new Indexes(KernelChoice.pick(host).kernels(), host);
    private final int rows;
    private final int repetitions;
    private final Columns columns;

    private ScalarBench(int rows, int repetitions) {
        this.rows = rows;
        this.repetitions = repetitions;
        SplittableRandom random = new SplittableRandom(1);
        ColumnBuilder a = ColumnBuilder.of(A, rows);
        ColumnBuilder b = ColumnBuilder.of(B, rows);
        ColumnBuilder s = ColumnBuilder.of(S, rows);
        for (int row = 0; row < rows; row++) {
            a.add((long) random.nextInt(10));
            b.add((long) random.nextInt(10_000));
            s.add(Integer.toString(random.nextInt(36 * 36 * 36 * 36), 36) + row % 1000);
        }
        columns = new Columns(rows, Map.of(A.id(), a.build(), B.id(), b.build(), S.id(), s.build()));
    }

    public static void main(String[] arguments) {
        int rows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        int repetitions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 200;
        ScalarBench bench = new ScalarBench(rows, repetitions);
        bench.measure();
        bench.host.close();
    }

    private void measure() {
        String list = new SplittableRandom(2)
                .ints(100, 0, 10_000)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(", ", "[", "]"));
        String both = "a > 5 and b in " + list;
        report(both, Map.of());
        report("a > 5", Map.of());
        report("b in " + list, Map.of());
        Map<LookupTarget, ScalarLookup> inverted = new LinkedHashMap<>(index(A, "INVERTED"));
        inverted.putAll(index(B, "INVERTED"));
        report(both, inverted);
        Map<LookupTarget, ScalarLookup> mixed = new LinkedHashMap<>(index(A, "BITMAP"));
        mixed.putAll(index(B, "STL_SORT"));
        report(both, mixed);
        String like = "s like \"abc%\"";
        report(like, Map.of());
        report(like, index(S, "Trie"));
        report(like, index(S, "INVERTED"));
        String many =
                IntStream.range(0, 100_000).mapToObj(Integer::toString).collect(Collectors.joining(",", "[", "]"));
        report("b in " + many, Map.of());
    }

    private void report(String text, Map<LookupTarget, ScalarLookup> lookups) {
        long[] nanos = new long[repetitions];
        int passed = 0;
        for (int i = 0; i < repetitions; i++) {
            long start = THREADS.getCurrentThreadCpuTime();
            Filter filter = FilterParser.parse(text, Map.of(), SCHEMA);
            Map<Integer, Column> needed = new LinkedHashMap<>(columns.byFieldId());
            needed.keySet().retainAll(FilterFields.of(filter, lookups.keySet()));
            RowSet found = FilterEvaluator.passing(filter, new Columns(rows, needed), lookups, rows);
            nanos[i] = THREADS.getCurrentThreadCpuTime() - start;
            passed = found.cardinality();
        }
        Arrays.sort(nanos);
        System.out.printf(
                "%-40s %-9s %8d rows pass, median %7.3f ms, best %7.3f ms%n",
                text.length() > 40 ? text.substring(0, 37) + "..." : text,
                lookups.isEmpty() ? "scanned" : "indexed",
                passed,
                nanos[repetitions / 2] / 1e6,
                nanos[0] / 1e6);
    }

    private Map<LookupTarget, ScalarLookup> index(Field field, String kind) {
        ScalarIndexSpec spec = (ScalarIndexSpec) IndexSpec.parse(field, Map.of("index_type", kind));
        MemoryOutput out = new MemoryOutput();
        IndexExtent extent = indexes.build(spec, field, columns.column(field.id()), out, Progress.NONE);
        LookupTarget target = spec.target(field);
        return Map.of(target, Indexes.lookup(spec, target, extent, out.bytes()));
    }
}
