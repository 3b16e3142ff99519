package dev.elanus.filter;

import dev.elanus.column.RowSet;
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

    /** Rows outside of which no shape passes, as its boxes tell. */
    RowSet mayPass(ShapeTest test);
}
