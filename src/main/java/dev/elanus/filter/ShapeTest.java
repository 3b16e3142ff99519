package dev.elanus.filter;

import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;

/** What a filter asks of a shape. */
public sealed interface ShapeTest {
    /** How two shapes may lie to each other, in the sense of OGC's simple features (OGC 06-103r4, 6.1.15). */
    enum Relation {
        EQUALS,
        TOUCHES,
        OVERLAPS,
        CROSSES,
        CONTAINS,
        INTERSECTS,
        WITHIN
    }

    /** Whether a shape in the box may pass; a box that encloses one that may is one itself. */
    boolean mayPass(Envelope box);

    /** Whether the shape is related so to another one. */
    record Related(Relation relation, Geometry other) implements ShapeTest {
        @Override
        public boolean mayPass(Envelope box) {
            return other.isEmpty() || other.getEnvelopeInternal().intersects(box);
        }
    }

    /** Whether the shape is near a place on earth. */
    record Near(EarthCircle circle) implements ShapeTest {
        @Override
        public boolean mayPass(Envelope box) {
            return circle.mayTouch(box);
        }
    }

    /** Whether the shape keeps the rules of its type, as that no ring crosses itself. */
    record Valid() implements ShapeTest {
        @Override
        public boolean mayPass(Envelope box) {
            return true;
        }
    }
}
