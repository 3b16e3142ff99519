package dev.elanus.filter;

import dev.elanus.column.Geometries;
import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;

/** The functions of the filter language that are about shapes. */
record SpatialFunctions(FilterErrors errors) {
    private static final Map<String, ShapeTest.Relation> RELATIONS = Map.of(
            "st_equals", ShapeTest.Relation.EQUALS,
            "st_touches", ShapeTest.Relation.TOUCHES,
            "st_overlaps", ShapeTest.Relation.OVERLAPS,
            "st_crosses", ShapeTest.Relation.CROSSES,
            "st_contains", ShapeTest.Relation.CONTAINS,
            "st_intersects", ShapeTest.Relation.INTERSECTS,
            "st_within", ShapeTest.Relation.WITHIN);
    private static final Set<String> OTHERS = Set.of("st_dwithin", "st_isvalid");

    /** @param name in lower case */
    static boolean has(String name) {
        return RELATIONS.containsKey(name) || OTHERS.contains(name);
    }

    /** @param name in lower case, one that it {@link #has} */
    Term.Predicate call(String name, List<Functions.Argument> arguments, Place place) {
        ShapeTest.Relation relation = RELATIONS.get(name);
        int expected = relation != null ? 2 : name.equals("st_dwithin") ? 3 : 1;
        if (arguments.size() != expected) {
            throw errors.invalid(
                    "function " + name + " expects " + expected + " arguments, found " + arguments.size(), place);
        }
        Term first = arguments.getFirst().value();
        if (!(first instanceof Operand.FieldValue field) || field.type() != DataType.GEOMETRY) {
            String what = relation != null ? "spatial" : name.equals("st_dwithin") ? "ST_DWITHIN" : "STIsValid";
            throw errors.invalid(
                    what + " operation are only supported on geometry fields now, got: " + errors.source(place), place);
        }
        ShapeTest test = relation != null
                ? new ShapeTest.Related(relation, shape(arguments.get(1).value()))
                : name.equals("st_isvalid") ? new ShapeTest.Valid() : near(arguments);
        return new Term.Predicate(new Filter.Spatial(field, test, place));
    }

    private ShapeTest near(List<Functions.Argument> arguments) {
        Term centre = arguments.get(1).value();
        if (!(shape(centre) instanceof Point point) || point.isEmpty()) {
            throw errors.invalid("only supports POINT geometry: " + errors.source(centre.place()), centre.place());
        }
        Term distance = arguments.get(2).value();
        double metres =
                switch (distance instanceof Operand.Constant constant ? constant.value() : new TemplateValue.Text("")) {
                    case TemplateValue.Int(long whole) -> whole;
                    case TemplateValue.Floating(double number) -> number;
                    case TemplateValue.Bool _,
                            TemplateValue.Text _,
                            TemplateValue.Time _,
                            TemplateValue.Json _,
                            TemplateValue.Array _ ->
                        throw errors.invalid(
                                "distance parameter must be a constant numeric value, got: "
                                        + errors.source(distance.place()),
                                distance.place());
                };
        if (metres < 0) {
            throw errors.invalid("distance parameter must be non-negative, got: " + metres, distance.place());
        }
        return new ShapeTest.Near(new EarthCircle(point, metres));
    }

    private Geometry shape(Term term) {
        if (!(term instanceof Operand.Constant(TemplateValue.Text(String wkt), Place _))) {
            throw errors.invalid(
                    "expected a shape as well-known text in quotes, found " + errors.source(term.place()),
                    term.place());
        }
        try {
            return Geometries.parse(wkt);
        } catch (Invalid wrong) {
            throw errors.invalid("failed to parse WKT: " + wrong.getMessage(), term.place());
        }
    }
}
