package dev.elanus.wire;

import dev.elanus.engine.FieldOperation;
import dev.elanus.error.Invalid;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What an upsert over REST does with single fields. */
public final class RestOperations {
    private RestOperations() {}

    /** The operations under {@code fieldOps}: objects of {@code fieldName} and {@code op}. */
    public static Map<String, FieldOperation> of(RestBody body) {
        Map<String, FieldOperation> operations = new LinkedHashMap<>();
        for (RestBody one : body.objects("fieldOps")) {
            String name = one.required("fieldName");
            if (operations.put(name, operation(one.text("op", "REPLACE"))) != null) {
                throw new Invalid("fieldOps names field " + name + " twice: invalid parameter");
            }
        }
        return operations;
    }

    /** Whether fields that are not given keep their values: as an operation that needs them implies, too. */
    public static boolean isPartial(RestBody body, Map<String, FieldOperation> operations) {
        return body.flag("partialUpdate", false)
                || operations.values().stream().anyMatch(operation -> operation != FieldOperation.REPLACE);
    }

    private static FieldOperation operation(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "REPLACE" -> FieldOperation.REPLACE;
            case "ARRAY_APPEND" -> FieldOperation.ARRAY_APPEND;
            case "ARRAY_REMOVE" -> FieldOperation.ARRAY_REMOVE;
            default -> throw Invalid.of("fieldOps", "REPLACE, ARRAY_APPEND or ARRAY_REMOVE", name);
        };
    }
}
