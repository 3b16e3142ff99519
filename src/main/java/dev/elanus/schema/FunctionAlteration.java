package dev.elanus.schema;

import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;

/**
 * Why the functions of a collection stay as they are: Milvus lets those be added, altered and dropped that call a model, and never BM25, whose
 * statistics and index are made of all rows. Its rules, in its order and words.
 */
public final class FunctionAlteration {
    private FunctionAlteration() {}

    /** @throws Invalid or {@link Unsupported}, always */
    public static void add(FunctionSchema function) {
        if (function.kind() == FunctionKind.BM25) {
            throw broken("Currently does not support adding BM25 function");
        }
        throw unsupported(function);
    }

    /**
     * @param name of the function that is to be another one
     * @throws Invalid or {@link Unsupported}, always
     */
    public static void alter(CollectionSchema schema, String name, FunctionSchema function) {
        if (function.kind() == FunctionKind.BM25) {
            throw broken("Currently does not support alter BM25 function");
        }
        if (!function.name().equals(name)) {
            throw broken("Invalid function config, name not match");
        }
        if (!has(schema, name)) {
            throw broken("Function " + name + " not found");
        }
        // Every function that a collection can have here is of this kind.
        throw broken("Currently does not support alter BM25 function");
    }

    /** Does nothing where there is no such function. @throws Invalid if there is one */
    public static void drop(CollectionSchema schema, String name) {
        if (has(schema, name)) {
            throw broken("Currently does not support droping BM25 function");
        }
    }

    static Unsupported unsupported(FunctionSchema function) {
        return new Unsupported(
                "function " + function.name() + " of type " + function.kind() + " is not supported, only BM25");
    }

    private static boolean has(CollectionSchema schema, String name) {
        return schema.functions().stream().anyMatch(function -> function.name().equals(name));
    }

    private static Invalid broken(String message) {
        return new Invalid(Invalid.Reason.UNNUMBERED, message);
    }
}
