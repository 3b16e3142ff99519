package dev.elanus.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.elanus.error.Invalid;
import java.io.IOException;

/** JSON text, read strictly: no trailing text, no number that is none. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /** @throws Invalid if it is no JSON text; {@code what} names the place */
    public static JsonNode parse(String text, String what) {
        try {
            return orNothing(MAPPER.readTree(text), what);
        } catch (JsonProcessingException failure) {
            throw notJson(what, failure);
        }
    }

    /** @throws Invalid if it is no JSON text in UTF-8; {@code what} names the place */
    public static JsonNode parse(byte[] utf8, String what) {
        try {
            return orNothing(MAPPER.readTree(utf8), what);
        } catch (IOException failure) {
            throw notJson(what, failure);
        }
    }

    /** A value as parameters carry it: a string without its quotes, anything else as JSON text. */
    public static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private static JsonNode orNothing(JsonNode node, String what) {
        if (node == null || node.isMissingNode()) {
            throw new Invalid(what + ": expected JSON, found nothing");
        }
        return node;
    }

    private static Invalid notJson(String what, IOException failure) {
        String reason = failure instanceof JsonProcessingException processing
                ? processing.getOriginalMessage()
                : Statuses.message(failure);
        return new Invalid(what + ": expected JSON, found text that is none: " + reason);
    }
}
