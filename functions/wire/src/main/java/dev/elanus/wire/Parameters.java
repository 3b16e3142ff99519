package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elanus.error.Invalid;
import io.milvus.grpc.KeyValuePair;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters as they arrive: pairs of texts, some of them again inside a pair {@code params} that holds a JSON object. */
public final class Parameters {
    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /** The pairs as given, without looking into {@code params}. A later pair of the same name wins. */
    public static Parameters of(List<KeyValuePair> pairs) {
        Map<String, String> values = new LinkedHashMap<>();
        pairs.forEach(pair -> values.put(pair.getKey(), pair.getValue()));
        return new Parameters(values);
    }

    public static Parameters of(Map<String, String> values) {
        return new Parameters(new LinkedHashMap<>(values));
    }

    /** These with the members of the JSON object {@code params} spread beside the others; a pair of its own wins over a member. */
    public Parameters spread() {
        String nested = values.get("params");
        if (nested == null) {
            return this;
        }
        Map<String, String> all = new LinkedHashMap<>(values);
        all.remove("params");
        if (!nested.isBlank()) {
            JsonNode object = Json.parse(nested, "params");
            if (!object.isObject()) {
                throw Invalid.of("params", "a JSON object", nested);
            }
            object.properties().forEach(member -> all.putIfAbsent(member.getKey(), Json.text(member.getValue())));
        }
        return new Parameters(all);
    }

    public Map<String, String> asMap() {
        return values;
    }

    /** The value, or null if it is absent or empty. */
    public @Nullable String text(String name) {
        String value = values.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    public boolean has(String name) {
        return text(name) != null;
    }

    /** @throws Invalid if the value is there and no integer */
    public long integer(String name, long absent) {
        String value = text(name);
        if (value == null) {
            return absent;
        }
        try {
            return Long.parseLong(value.strip());
        } catch (NumberFormatException _) {
            throw new Invalid("invalid integer value, key: '" + name + "', value: '" + value + "': invalid parameter");
        }
    }

    /** Reads what Go's ParseBool reads. @throws Invalid if the value is there and no boolean */
    public boolean flag(String name, boolean absent) {
        String value = text(name);
        if (value == null) {
            return absent;
        }
        return switch (value) {
            case "1", "t", "T", "TRUE", "true", "True" -> true;
            case "0", "f", "F", "FALSE", "false", "False" -> false;
            default ->
                throw new Invalid(
                        "invalid boolean value, key: '" + name + "', value: '" + value + "': invalid parameter");
        };
    }

    static List<KeyValuePair> pairs(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> KeyValuePair.newBuilder()
                        .setKey(entry.getKey())
                        .setValue(entry.getValue())
                        .build())
                .toList();
    }
}
