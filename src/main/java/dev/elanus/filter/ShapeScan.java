package dev.elanus.filter;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Geometries;
import dev.elanus.column.RowSet;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.operation.relateng.RelateNG;
import org.locationtech.jts.operation.relateng.RelatePredicate;
import org.locationtech.jts.operation.relateng.TopologyPredicate;

/** Tests the shapes of a column one by one. For one thread. */
final class ShapeScan {
    private final ShapeTest test;
    /** The other shape of a relation, made ready for many comparisons. */
    private final @Nullable RelateNG other;

    ShapeScan(ShapeTest test) {
        this.test = test;
        other = test instanceof ShapeTest.Related related ? RelateNG.prepare(related.other()) : null;
    }

    /** @param candidates rows outside of which no shape passes, or null where every one may */
    Verdict judge(BytesColumn shapes, @Nullable RowSet candidates) {
        Verdict verdict = Verdict.unknown(shapes.rowCount());
        for (int row = 0; row < shapes.rowCount(); row++) {
            if (!shapes.isNull(row)) {
                boolean may = candidates == null || candidates.contains(row);
                verdict.set(row, may && passes(Geometries.read(shapes.bytesAt(row))));
            }
        }
        return verdict;
    }

    private boolean passes(Geometry shape) {
        return switch (test) {
            case ShapeTest.Related(ShapeTest.Relation relation, Geometry _) ->
                other != null && other.evaluate(shape, seenFromTheOther(relation));
            case ShapeTest.Near(EarthCircle circle) -> circle.holds(shape);
            case ShapeTest.Valid() -> shape.isValid();
        };
    }

    private static TopologyPredicate seenFromTheOther(ShapeTest.Relation relation) {
        return switch (relation) {
            case EQUALS -> RelatePredicate.equalsTopo();
            case TOUCHES -> RelatePredicate.touches();
            case OVERLAPS -> RelatePredicate.overlaps();
            case CROSSES -> RelatePredicate.crosses();
            case INTERSECTS -> RelatePredicate.intersects();
            case CONTAINS -> RelatePredicate.within();
            case WITHIN -> RelatePredicate.contains();
        };
    }
}
