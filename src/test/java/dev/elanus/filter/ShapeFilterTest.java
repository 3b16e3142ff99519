package dev.elanus.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.Column;
import dev.elanus.column.ColumnBuilder;
import dev.elanus.column.Columns;
import dev.elanus.column.Geometries;
import dev.elanus.error.Invalid;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.locationtech.jts.geom.Geometry;

class ShapeFilterTest {
    private static final Field ID = Field.scalar(100, "id", DataType.INT64).asPrimaryKey(false);
    private static final Field GEO = Field.scalar(101, "geo", DataType.GEOMETRY).asNullable();
    private static final CollectionSchema SCHEMA = new CollectionSchema("", List.of(ID, GEO), false);

    private static final String SQUARE = "'POLYGON ((0 0, 10 0, 10 10, 0 10, 0 0))'";

    /** What JTS's older code says of two shapes, which is not used by the filter. */
    private static final Map<String, BiPredicate<Geometry, Geometry>> RELATIONS = Map.of(
            "st_equals", (a, b) -> a.equalsTopo(b),
            "ST_TOUCHES", (a, b) -> a.touches(b),
            "st_overlaps", (a, b) -> a.overlaps(b),
            "ST_CROSSES", (a, b) -> a.crosses(b),
            "st_contains", (a, b) -> a.contains(b),
            "st_intersects", (a, b) -> a.intersects(b),
            "ST_WITHIN", (a, b) -> a.within(b));

    private static Columns columns(List<@Nullable String> shapes) {
        ColumnBuilder builder = ColumnBuilder.of(GEO, shapes.size());
        for (String shape : shapes) {
            if (shape == null) {
                builder.addNull();
            } else {
                builder.add(Geometries.wkb(shape));
            }
        }
        return new Columns(shapes.size(), Map.of(GEO.id(), builder.build()));
    }

    private static List<Integer> passing(String filter, @Nullable String... shapes) {
        Columns columns = columns(Arrays.asList(shapes));
        return rows(filter, columns, Map.of());
    }

    private static List<Integer> rows(String filter, Columns columns, Map<LookupTarget, ScalarLookup> lookups) {
        Filter parsed = FilterParser.parse(filter, Map.of(), SCHEMA);
        return Arrays.stream(FilterEvaluator.passing(parsed, columns, lookups, columns.rowCount())
                        .toArray())
                .boxed()
                .toList();
    }

    @Test
    void shapesAreComparedAsTheirTypesHaveIt() {
        @Nullable String[] shapes = {"POINT (5 5)", "POINT (0 5)", "POINT (20 20)", "LINESTRING (-5 5, 15 5)", null};
        assertThat(passing("st_within(geo, " + SQUARE + ")", shapes)).containsExactly(0);
        assertThat(passing("ST_TOUCHES(geo, " + SQUARE + ")", shapes)).containsExactly(1);
        assertThat(passing("st_intersects(geo, " + SQUARE + ")", shapes)).containsExactly(0, 1, 3);
        assertThat(passing("not st_intersects(geo, " + SQUARE + ")", shapes)).containsExactly(2);
        assertThat(passing("st_crosses(geo, " + SQUARE + ")", shapes)).containsExactly(3);
        assertThat(passing("st_contains(geo, 'POINT (5 5)')", shapes)).containsExactly(0, 3);
        assertThat(passing("st_equals(geo, 'POINT (20.0 20)')", shapes)).containsExactly(2);
        assertThat(passing("geo is null", shapes)).containsExactly(4);
    }

    @Test
    void aRingThatCrossesItselfIsNotValid() {
        @Nullable String[] shapes = {"POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))", "POINT (1 1)", null};
        assertThat(passing("ST_ISVALID(geo)", shapes)).containsExactly(1);
        assertThat(passing("not st_isvalid(geo)", shapes)).containsExactly(0);
    }

    @Test
    void distancesAreMetresOnEarth() {
        String[] shapes = {"POINT (13.4 52.5)", "POINT (13.4 52.509)", "LINESTRING (13.4 52.509, 13.5 52.6)"};
        assertThat(passing("st_dwithin(geo, 'POINT (13.4 52.5)', 1000)", shapes))
                .containsExactly(0, 2);
        assertThat(passing("st_dwithin(geo, 'POINT (13.4 52.5)', 1000.8)", shapes))
                .containsExactly(0, 1, 2);
        assertThat(passing("st_dwithin(geo, 'POINT (13.4 52.5)', 0)", shapes)).containsExactly(0);
        assertThat(passing("st_dwithin(geo, 'POINT (-179.99 0)', 3000)", "POINT (179.99 0)"))
                .as("across the date line")
                .containsExactly(0);
        assertThat(passing("st_dwithin(geo, 'POINT (0 0)', 3000)", "POINT EMPTY"))
                .isEmpty();
    }

    @Test
    void anIndexFindsWhatAScanFindsAndWhatOlderCodeFinds() {
        long seed = Long.getLong("seed", 20261125);
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int found = 0;
        try (MachineHost host = new MachineHost(1)) {
            Indexes indexes = new Indexes(KernelChoice.pick(host).kernels(), host);
            for (int round = 0; round < 60; round++) {
                List<@Nullable String> shapes = new ArrayList<>();
                int count = random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(400);
                for (int i = 0; i < count; i++) {
                    shapes.add(random.nextInt(10) == 0 ? null : shape(random));
                }
                Columns columns = columns(shapes);
                Map<LookupTarget, ScalarLookup> lookups =
                        lookups(indexes, columns.column(GEO.id()), round % 2 == 0 ? "RTREE" : "");
                for (String name : RELATIONS.keySet()) {
                    String other = shape(random);
                    String filter = name + "(geo, '" + other + "')";
                    List<Integer> rows = rows(filter, columns, lookups);
                    assertThat(rows).as(filter).isEqualTo(rows(filter, columns, Map.of()));
                    assertThat(rows).as(filter).isEqualTo(expected(shapes, name, other));
                    found += rows.size();
                }
                String near = "st_dwithin(geo, 'POINT (" + coordinate(random) + " " + coordinate(random) + ")', "
                        + random.nextInt(3_000_000) + ")";
                assertThat(rows(near, columns, lookups)).as(near).isEqualTo(rows(near, columns, Map.of()));
                assertThat(rows("not " + near, columns, lookups)).isEqualTo(rows("not " + near, columns, Map.of()));
                assertThat(rows("st_isvalid(geo)", columns, lookups))
                        .isEqualTo(rows("st_isvalid(geo)", columns, Map.of()));
            }
        }
        assertThat(found).isGreaterThan(300);
    }

    private static List<Integer> expected(List<@Nullable String> shapes, String name, String other) {
        List<Integer> rows = new ArrayList<>();
        for (int row = 0; row < shapes.size(); row++) {
            String shape = shapes.get(row);
            if (shape != null && RELATIONS.get(name).test(Geometries.parse(shape), Geometries.parse(other))) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static Map<LookupTarget, ScalarLookup> lookups(Indexes indexes, Column shapes, String kind) {
        ScalarIndexSpec spec = (ScalarIndexSpec) IndexSpec.parse(GEO, Map.of("index_type", kind));
        MemoryOutput out = new MemoryOutput();
        IndexExtent extent = indexes.build(spec, GEO, shapes, out, Progress.NONE);
        LookupTarget target = spec.target(GEO);
        return Map.of(target, Indexes.lookup(spec, target, extent, out.bytes()));
    }

    /** Few coordinates, so that shapes touch; now and then some off the map. */
    private static int coordinate(SplittableRandom random) {
        return random.nextInt(50) == 0 ? random.nextInt(-400, 400) : random.nextInt(-8, 9);
    }

    private static String shape(SplittableRandom random) {
        int x = coordinate(random);
        int y = coordinate(random);
        int width = random.nextInt(1, 6);
        int height = random.nextInt(1, 6);
        String far = (x + width) + " " + (y + height);
        return switch (random.nextInt(6)) {
            case 0 -> "LINESTRING (" + x + " " + y + ", " + far + ")";
            case 1, 2 ->
                "POLYGON ((%d %d, %d %d, %s, %d %d, %d %d))".formatted(x, y, x + width, y, far, x, y + height, x, y);
            case 3 -> "MULTIPOINT ((" + x + " " + y + "), (" + far + "))";
            default -> "POINT (" + x + " " + y + ")";
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "st_within(id, 'POINT (1 1)'); spatial operation are only supported on geometry fields now, got: st_within(id",
                "st_isvalid(id); STIsValid operation are only supported on geometry fields now, got: st_isvalid(id)",
                "st_dwithin(id, 'POINT (1 1)', 1); ST_DWITHIN operation are only supported on geometry fields now, got: st_dw",
                "st_within(geo, 'POINT (1'); failed to parse WKT: ",
                "st_within(geo, 'nowhere'); failed to parse WKT: ",
                "st_within(geo, 5); expected a shape as well-known text in quotes, found 5",
                "st_within(geo); function st_within expects 2 arguments, found 1",
                "st_dwithin(geo, 'LINESTRING (1 1, 2 2)', 1); only supports POINT geometry: ",
                "st_dwithin(geo, 'POINT (1 1)', -1); distance parameter must be non-negative, got: -1",
                "st_dwithin(geo, 'POINT (1 1)', 'far'); distance parameter must be a constant numeric value, got: 'far'",
                "St_Within(geo, 'POINT (1 1)'); function St_Within not exist",
                "geo == 'POINT (1 1)'; comparisons between Geometry and VarChar are not supported",
            })
    void whatIsNoQuestionAboutShapesIsRefused(String filter, String reason) {
        assertThatThrownBy(() -> passing(filter, "POINT (1 1)"))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(reason);
    }

    @Test
    void manyTermsAboutShapesAreOneFilter() {
        String many = String.join(
                " or ",
                Stream.generate(() -> "st_equals(geo, 'POINT (1 1)')")
                        .limit(500)
                        .toList());
        assertThat(passing(many, "POINT (1 1)", "POINT (2 2)")).containsExactly(0);
    }
}
