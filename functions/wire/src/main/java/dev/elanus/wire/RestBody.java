package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.Unsupported;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The JSON object that a REST request carries. Members that are null count as absent; unknown ones are left alone.
 *
 * @param kind the name that Milvus gives requests of this kind, said where a member is missing
 */
public record RestBody(JsonNode json, String kind) {
    /** @throws RestFailure if it is not one JSON object */
    public static RestBody parse(byte[] body, String kind) {
        if (body.length == 0) {
            throw RestFailure.notJson("the request body should be nil, however {} is valid");
        }
        JsonNode json;
        try {
            json = Json.parse(body, "request body");
        } catch (DatabaseException failure) {
            throw RestFailure.notJson(Statuses.message(failure));
        }
        if (json.isNull()) {
            // As Milvus's own test clients send it for no members at all.
            return new RestBody(JsonNodeFactory.instance.objectNode(), kind);
        }
        if (!json.isObject()) {
            throw RestFailure.notJson("request body: expected an object, found " + json.getNodeType());
        }
        return new RestBody(json, kind);
    }

    /** The member, or a missing node. */
    public JsonNode member(String name) {
        JsonNode value = json.path(name);
        return value.isNull() ? MissingNode.getInstance() : value;
    }

    public boolean has(String name) {
        return !member(name).isMissingNode();
    }

    /** An object inside this one; an empty one where it is absent. */
    public RestBody object(String name) {
        JsonNode value = member(name);
        if (!value.isMissingNode() && !value.isObject()) {
            throw wrongKind(name, "an object", value);
        }
        return new RestBody(value.isMissingNode() ? Json.mapper().createObjectNode() : value, kind);
    }

    /** @throws RestFailure if it is absent */
    public RestBody requiredObject(String name) {
        if (member(name).isMissingNode()) {
            throw missing(name);
        }
        return object(name);
    }

    /** The objects of a list; none where it is absent. */
    public List<RestBody> objects(String name) {
        List<RestBody> objects = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isObject()) {
                throw wrongKind(name, "a list of objects", element);
            }
            objects.add(new RestBody(element, kind));
        }
        return objects;
    }

    /** @throws RestFailure if it is absent or empty */
    public String required(String name) {
        String text = text(name, "");
        if (text.isEmpty()) {
            throw missing(name);
        }
        return text;
    }

    public String text(String name, String absent) {
        JsonNode value = member(name);
        if (value.isMissingNode()) {
            return absent;
        }
        if (!value.isTextual()) {
            throw wrongKind(name, "a string", value);
        }
        return value.textValue();
    }

    /** A string, or a number or boolean as text: Milvus takes either in many places. */
    public String scalar(String name, String absent) {
        JsonNode value = member(name);
        if (value.isContainerNode()) {
            throw wrongKind(name, "a string or a number", value);
        }
        return value.isMissingNode() ? absent : Json.text(value);
    }

    /** A string, or any other value as JSON; empty where it is absent. */
    public String scalarOrJson(String name) {
        JsonNode value = member(name);
        return value.isMissingNode() ? "" : Json.text(value);
    }

    public long integer(String name, long absent) {
        JsonNode value = member(name);
        if (value.isMissingNode()) {
            return absent;
        }
        if (!value.canConvertToLong() || !value.isIntegralNumber()) {
            throw wrongKind(name, "an integer", value);
        }
        return value.longValue();
    }

    /** As {@link #integer}, of a parameter that may as well be a text. */
    public long looseInteger(String name, long absent) {
        JsonNode value = member(name);
        if (!value.isTextual()) {
            return integer(name, absent);
        }
        try {
            return Long.parseLong(value.textValue().strip());
        } catch (NumberFormatException _) {
            throw wrongKind(name, "an integer", value);
        }
    }

    /** As {@link #flag}, of a parameter that may as well be a number or a text, as Go reads them. */
    public boolean looseFlag(String name, boolean absent) {
        return switch (scalar(name, String.valueOf(absent))) {
            case "1", "t", "T", "true", "True", "TRUE" -> true;
            case "0", "f", "F", "false", "False", "FALSE" -> false;
            default -> throw wrongKind(name, "true or false", member(name));
        };
    }

    public boolean flag(String name, boolean absent) {
        JsonNode value = member(name);
        if (value.isMissingNode()) {
            return absent;
        }
        if (!value.isBoolean()) {
            throw wrongKind(name, "true or false", value);
        }
        return value.booleanValue();
    }

    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isTextual()) {
                throw wrongKind(name, "a list of strings", element);
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** Every member as text, objects and lists as JSON. */
    public Map<String, String> asParameters() {
        Map<String, String> values = new LinkedHashMap<>();
        json.properties().forEach(member -> {
            if (!member.getValue().isNull()) {
                values.put(member.getKey(), Json.text(member.getValue()));
            }
        });
        return values;
    }

    /** @throws Unsupported if one of the members is there and asks for something */
    public void refuse(String... names) {
        for (String name : names) {
            JsonNode value = member(name);
            boolean asks = value.isContainerNode()
                    ? !value.isEmpty()
                    : !value.isMissingNode()
                            && !value.asText().isEmpty()
                            && !value.asText().equals("false");
            if (asks && !(value.isNumber() && value.intValue() == 0)) {
                throw new Unsupported(name + " is not supported");
            }
        }
    }

    /** @return the failure to throw because {@code name} is absent */
    public RestFailure missing(String name) {
        return RestFailure.missing(kind, Character.toUpperCase(name.charAt(0)) + name.substring(1));
    }

    /** The list of that name, or a missing node. */
    public JsonNode array(String name) {
        JsonNode value = member(name);
        if (!value.isMissingNode() && !value.isArray()) {
            throw wrongKind(name, "a list", value);
        }
        return value;
    }

    private static RestFailure wrongKind(String name, String expected, JsonNode found) {
        return RestFailure.notJson(name + ": expected " + expected + ", found " + found);
    }
}
