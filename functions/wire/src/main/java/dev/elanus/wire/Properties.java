package dev.elanus.wire;

import dev.elanus.error.Unsupported;
import java.util.Map;
import java.util.Set;

/** Which properties of fields change what Elanus does not do, and are refused. */
final class Properties {
    /** They ask for nothing where they say this. */
    private static final Set<String> NOTHING = Set.of("", "false", "False", "FALSE", "0", "-1");

    private static final Set<String> OF_FIELDS = Set.of("multi_analyzer_params");

    private Properties() {}

    /** @throws Unsupported naming the first parameter that would have to do something */
    static void checkField(String field, Map<String, String> typeParams) {
        check(typeParams, OF_FIELDS, "field " + field + ": type parameter ");
    }

    private static void check(Map<String, String> given, Set<String> refused, String what) {
        given.forEach((name, value) -> {
            if (refused.contains(name) && !NOTHING.contains(value)) {
                throw new Unsupported(what + name + "=" + value + " is not supported");
            }
        });
    }
}
