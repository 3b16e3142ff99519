package dev.elanus.column;

import dev.elanus.error.Invalid;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.io.ParseException;
import org.locationtech.jts.io.WKBReader;
import org.locationtech.jts.io.WKBWriter;
import org.locationtech.jts.io.WKTReader;
import org.locationtech.jts.io.WKTWriter;

/** Shapes of Geometry columns: well-known binary in a column, well-known text for clients. */
public final class Geometries {
    private Geometries() {}

    /** @throws Invalid if the text is no shape */
    public static byte[] wkb(String wkt) {
        return new WKBWriter().write(parse(wkt));
    }

    /** @throws Invalid if the text is no shape */
    public static Geometry parse(String wkt) {
        try {
            return new WKTReader().read(wkt);
        } catch (ParseException | IllegalArgumentException failure) {
            throw invalid(failure);
        }
    }

    /** @throws Invalid if the bytes are no shape */
    public static Geometry read(byte[] wkb) {
        try {
            return new WKBReader().read(wkb);
        } catch (ParseException | IllegalArgumentException failure) {
            throw invalid(failure);
        }
    }

    /** @throws Invalid if the bytes are no shape */
    public static String wkt(byte[] wkb) {
        return new WKTWriter().write(read(wkb));
    }

    private static Invalid invalid(Exception failure) {
        return new Invalid(
                "invalid Geometry data, transform to wkb failed: " + failure.getMessage() + ": invalid parameter");
    }
}
