package dev.elanus.filter;

import dev.elanus.column.RowSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An index over the values, or the elements of arrays, at one place of one run of rows. Constants are of the index's kind, as
 * {@link LookupTarget#serves} demands. Every set that is returned is new.
 */
public interface ScalarLookup {
    /** Rows that have something there: a value of the index's kind, or an array. */
    RowSet valid();

    /**
     * Rows with a value between two others; NaN lies between nothing.
     *
     * @param low null for no bound
     * @param high null for no bound
     */
    RowSet between(@Nullable TemplateValue low, boolean withLow, @Nullable TemplateValue high, boolean withHigh);

    /** Adds the rows that have a value. */
    void addEqual(TemplateValue value, RowSet to);

    /** Rows with a text that matches. */
    RowSet like(LikePattern pattern);

    /** Rows outside of which no text matches, as its grams tell; null where the pattern is too short to have some. */
    @Nullable
    RowSet mayMatch(LikePattern pattern);

    /**
     * What an index over the leaves of JSON knows of those at one place.
     *
     * @param keys that lead there from the index's own place; none of them a position in an array
     */
    default ScalarLookup at(List<String> keys, LookupTarget.Kind kind) {
        throw new IllegalStateException("an index over one place knows no others");
    }

    /** Rows outside of which no shape passes, as its boxes tell. */
    RowSet mayPass(ShapeTest test);
}
