package dev.elanus.search;

import dev.elanus.filter.TemplateValue;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;

/**
 * A filter as the client wrote it, with the values of its template variables. Blank text passes every row.
 *
 * @param zone of times that name none; the collection's where it is absent
 */
public record FilterText(String text, Map<String, TemplateValue> templates, Optional<ZoneId> zone) {
    public FilterText {
        templates = Map.copyOf(templates);
    }

    /** A filter whose times are in the collection's zone. */
    public FilterText(String text, Map<String, TemplateValue> templates) {
        this(text, templates, Optional.empty());
    }

    /** A filter without template variables. */
    public static FilterText of(String text) {
        return new FilterText(text, Map.of());
    }

    /** A filter that passes every row. */
    public static FilterText everything() {
        return of("");
    }

    /** The same filter with its times in another zone, where one is given. */
    public FilterText in(Optional<ZoneId> otherZone) {
        return otherZone.isEmpty() ? this : new FilterText(text, templates, otherZone);
    }

    public boolean isBlank() {
        return text.isBlank();
    }
}
