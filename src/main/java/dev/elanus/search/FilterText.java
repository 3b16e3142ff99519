package dev.elanus.search;

import dev.elanus.filter.TemplateValue;
import java.util.Map;

/** A filter as the client wrote it, with the values of its template variables. Blank text passes every row. */
public record FilterText(String text, Map<String, TemplateValue> templates) {
    public FilterText {
        templates = Map.copyOf(templates);
    }

    /** A filter without template variables. */
    public static FilterText of(String text) {
        return new FilterText(text, Map.of());
    }

    /** A filter that passes every row. */
    public static FilterText everything() {
        return of("");
    }

    public boolean isBlank() {
        return text.isBlank();
    }
}
