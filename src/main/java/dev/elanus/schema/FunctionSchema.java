package dev.elanus.schema;

import java.util.List;
import java.util.Map;

/**
 * A function of a collection: the server computes its output fields from its input fields whenever rows are written.
 *
 * @param id assigned by the server, from {@link CollectionSchema#FIRST_USER_FIELD_ID}
 * @param inputs names of fields
 * @param outputs names of fields
 * @param params as the client gave them, described back unchanged
 */
public record FunctionSchema(
        int id,
        String name,
        String description,
        FunctionKind kind,
        List<String> inputs,
        List<String> outputs,
        Map<String, String> params) {
    public FunctionSchema {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        params = Map.copyOf(params);
    }

    FunctionSchema withId(int newId) {
        return new FunctionSchema(newId, name, description, kind, inputs, outputs, params);
    }
}
