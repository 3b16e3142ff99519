package dev.elanus.filter;

import java.util.List;

/** The value of a template variable, as the client sent it. */
public sealed interface TemplateValue {
    record Bool(boolean value) implements TemplateValue {}

    record Int(long value) implements TemplateValue {}

    record Floating(double value) implements TemplateValue {}

    record Text(String value) implements TemplateValue {}

    /** JSON text, UTF-8. */
    record Json(String value) implements TemplateValue {}

    record Array(List<TemplateValue> values) implements TemplateValue {
        public Array {
            values = List.copyOf(values);
        }
    }
}
