package dev.elanus.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** CPU time against recall, as a search parameter grows. */
record Curve(String name, List<Point> points) {
    /** What one value of the parameter gives. */
    record Point(int parameter, double recall, double micros) {}

    /**
     * Microseconds at a recall, interpolated between the two points around it on a logarithmic scale of time. Empty
     * if no point reaches it; the first point's time if that is beyond it already.
     */
    OptionalDouble microsAt(double recall) {
        List<Point> ascending = new ArrayList<>(points);
        ascending.sort(Comparator.comparingDouble(Point::recall));
        Point before = null;
        for (Point point : ascending) {
            if (point.recall() >= recall) {
                if (before == null || point.recall() == before.recall()) {
                    return OptionalDouble.of(point.micros());
                }
                double share = (recall - before.recall()) / (point.recall() - before.recall());
                return OptionalDouble.of(
                        Math.exp(Math.log(before.micros()) * (1 - share) + Math.log(point.micros()) * share));
            }
            before = point;
        }
        return OptionalDouble.empty();
    }

    void print() {
        StringBuilder line = new StringBuilder("%-24s".formatted(name));
        for (Point point : points) {
            line.append(" %d:%.4f:%.0f".formatted(point.parameter(), point.recall(), point.micros()));
        }
        System.out.println(line);
    }
}
