package dev.elanus.search;

import dev.elanus.index.VectorIndexSpec;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * Which way a search took through each of its sources, and why, in words: for the log at debug, and for the client that asks for it. Costs nothing
 * where neither does.
 */
final class SearchPaths {
    /** The search parameter that asks for it. */
    static final String PARAMETER = "explain";

    private static final Logger LOGGER = System.getLogger("dev.elanus.search");

    private final boolean asked;
    private final boolean logged;
    private final List<String> lines = new ArrayList<>();

    SearchPaths(SearchRequest request) {
        asked = SearchNumbers.flag(request.params(), PARAMETER);
        logged = LOGGER.isLoggable(Level.DEBUG);
    }

    /** Notes how a source is searched. */
    void add(SearchPlan plan, Source source, boolean byIndex) {
        if (!asked && !logged) {
            return;
        }
        String rows = "%,d of %,d rows".formatted(source.allowedCount(), source.rowCount());
        String line = source instanceof SealedSource sealed
                ? "segment " + sealed.segment().id() + ": "
                        + (byIndex ? walked(plan, rows) : rows + ": " + why(plan, sealed))
                : "growing: " + rows + ", compared one by one: they are not sealed yet";
        lines.add(line);
        if (logged) {
            LOGGER.log(Level.DEBUG, line);
        }
    }

    /** The lines that the client asked for, none if it did not. */
    List<String> told() {
        return asked ? List.copyOf(lines) : List.of();
    }

    private static String walked(SearchPlan plan, String rows) {
        VectorIndexSpec spec = plan.index().ofVectors();
        return spec.kind() + " searched for the " + plan.k() + " nearest of " + rows + ", by " + plan.params();
    }

    private static String why(SearchPlan plan, SealedSource source) {
        VectorIndexSpec spec = plan.index().ofVectors();
        if (!spec.hasObject()) {
            return "compared one by one, as " + spec.kind() + " does";
        }
        if (source.indexEntry() == null) {
            return "compared one by one: no index, either because the segment is small or because it is not built yet";
        }
        return "compared one by one: " + plan.whyExactly();
    }
}
