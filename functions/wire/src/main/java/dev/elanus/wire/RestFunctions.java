package dev.elanus.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.FunctionSchema;

/** Functions of schemas as REST carries them. */
public final class RestFunctions {
    private RestFunctions() {}

    /** @throws dev.elanus.error.Invalid if it is no function */
    public static FunctionSchema decode(RestBody function) {
        String name = function.required("name");
        return new FunctionSchema(
                0,
                name,
                function.text("description", ""),
                FunctionCodec.kind(name, function.required("type")),
                function.texts("inputFieldNames"),
                function.texts("outputFieldNames"),
                function.object("params").asParameters());
    }

    static ArrayNode encode(CollectionSchema schema) {
        ArrayNode functions = JsonNodeFactory.instance.arrayNode();
        for (FunctionSchema function : schema.functions()) {
            ObjectNode node = functions
                    .addObject()
                    .put("name", function.name())
                    .put("description", function.description())
                    .put("id", function.id())
                    .put("type", FunctionCodec.type(function.kind()).name());
            function.inputs().forEach(node.putArray("inputFieldNames")::add);
            function.outputs().forEach(node.putArray("outputFieldNames")::add);
            ArrayNode params = node.putArray("params");
            function.params()
                    .forEach((key, value) -> params.addObject().put("key", key).put("value", value));
        }
        return functions;
    }
}
