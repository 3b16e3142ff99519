package dev.elanus.filter;

import org.locationtech.jts.geom.Envelope;
import org.locationtech.jts.geom.Geometry;
import org.locationtech.jts.geom.Point;

/**
 * What lies within some metres of a place. Coordinates are degrees: x the longitude, y the latitude.
 *
 * <p>Distances are Milvus's: of points along great circles of a sphere (the haversine formula, Sinnott 1984), of other shapes those of the plane
 * in degrees, times the mean length of a degree where the centre lies.
 */
public record EarthCircle(Point centre, double metres) {
    private static final double EARTH_RADIUS = 6_371_000;
    private static final double METRES_A_DEGREE = 111_320;
    private static final Envelope WORLD = new Envelope(-180, 180, -90, 90);
    /** By how much computed distances may be off, as a share. */
    private static final double SLACK = 1e-9;

    /** Whether a shape is near. */
    public boolean holds(Geometry shape) {
        if (shape.isEmpty()) {
            return false;
        }
        double distance =
                shape instanceof Point point ? alongGreatCircle(point) : shape.distance(centre) * metresADegree();
        return distance <= metres;
    }

    private double alongGreatCircle(Point point) {
        double latitude = Math.toRadians(point.getY());
        double centreLatitude = Math.toRadians(centre.getY());
        double north = Math.sin((centreLatitude - latitude) / 2);
        double east = Math.sin(Math.toRadians(centre.getX() - point.getX()) / 2);
        double a = north * north + Math.cos(latitude) * Math.cos(centreLatitude) * east * east;
        return EARTH_RADIUS * 2 * Math.atan2(Math.sqrt(a), Math.sqrt(1 - a));
    }

    private double metresADegree() {
        double cosine = Math.cos(Math.toRadians(centre.getY()));
        return METRES_A_DEGREE * Math.sqrt((1 + cosine * cosine) / 2);
    }

    /** Whether a shape in the box may be near. What lies off the maps, where degrees begin anew, always may. */
    boolean mayTouch(Envelope box) {
        if (!WORLD.contains(centre.getCoordinate()) || !WORLD.contains(box)) {
            return true;
        }
        double angle = metres / EARTH_RADIUS * (1 + SLACK) + SLACK;
        double planar = metres / metresADegree() * (1 + SLACK) + SLACK;
        double north = Math.max(Math.toDegrees(angle), planar);
        if (box.getMinY() > centre.getY() + north || box.getMaxY() < centre.getY() - north) {
            return false;
        }
        double sine = Math.sin(angle) / Math.cos(Math.toRadians(centre.getY()));
        boolean aroundAPole =
                angle >= Math.PI / 2 || Math.abs(centre.getY()) + Math.toDegrees(angle) >= 90 || sine >= 1;
        if (aroundAPole) {
            return true;
        }
        double east = Math.max(Math.toDegrees(Math.asin(sine)) + SLACK, planar);
        return reaches(box, 0, east) || reaches(box, 360, east) || reaches(box, -360, east);
    }

    private boolean reaches(Envelope box, int turn, double east) {
        double longitude = centre.getX() + turn;
        return box.getMinX() <= longitude + east && box.getMaxX() >= longitude - east;
    }
}
