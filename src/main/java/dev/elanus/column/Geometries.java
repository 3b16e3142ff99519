package dev.elanus.column;

import dev.elanus.error.Invalid;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.GeometryCollection;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.io.WKTReader;
import org.locationtech.jts.io.WKTWriter;

/** Shapes of Geometry columns: well-known binary in a column, well-known text for clients. */
public final class Geometries {
    private static final int MAX_DEPTH = 32;
    private static final String TOO_DEEP = "expected collections in at most " + MAX_DEPTH + " others";

    private Geometries() {}

    /** @throws Invalid if the text is no shape */
    public static byte[] wkb(String wkt) {
        return new WKBWriter().write(parse(wkt));
    }

    /** @throws Invalid if the text is no shape */
    public static Geometry parse(String wkt) {
        try {
            return checkDepth(new WKTReader().read(wkt));
        } catch (ParseException | IllegalArgumentException failure) {
            throw invalid("syntax error: " + failure.getMessage());
        } catch (StackOverflowError _) {
            // The reader descends as deep as the text does, and that is all it does: nothing is left half done.
            throw invalid(TOO_DEEP);
        }
    }

    /** @throws Invalid if the bytes are no shape */
    public static Geometry read(byte[] wkb) {
        try {
            return checkDepth(new WKBReader().read(wkb));
        } catch (ParseException | IllegalArgumentException failure) {
            throw invalid(failure.getMessage());
        } catch (StackOverflowError _) {
            // The reader descends as deep as the text does, and that is all it does: nothing is left half done.
            throw invalid(TOO_DEEP);
        }
    }

    /** @throws Invalid if the bytes are no shape */
    public static String wkt(byte[] wkb) {
        return new WKTWriter().write(read(wkb));
    }

    /** Whatever walks a shape later must not run out of stack either. */
    private static Geometry checkDepth(Geometry shape) {
        List<Geometry> level = List.of(shape);
        for (int depth = 0; !level.isEmpty(); depth++) {
            if (depth > MAX_DEPTH) {
                throw invalid(TOO_DEEP);
            }
            level = level.stream().flatMap(Geometries::parts).toList();
        }
        return shape;
    }

    private static Stream<Geometry> parts(Geometry shape) {
        return shape instanceof GeometryCollection
                ? IntStream.range(0, shape.getNumGeometries()).mapToObj(shape::getGeometryN)
                : Stream.empty();
    }

    private static Invalid invalid(@Nullable String reason) {
        return new Invalid("invalid Geometry data, transform to wkb failed: " + reason + ": invalid parameter");
    }
}
