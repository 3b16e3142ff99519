package dev.elanus.index;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elanus.error.Invalid;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** Parameters as Milvus's clients send them: texts by name, some wrapped in JSON. */
final class Params {
    private Params() {}

    static final String NESTED = "params";

    /**
     * Puts the members of the JSON object named {@code params} beside it; a blank one goes.
     *
     * @param choose what holds where a name is already there: given that value, then the member's
     */
    static void mergeJson(Map<String, String> params, BinaryOperator<String> choose) {
        nested(params).forEach((name, value) -> params.merge(name, value, choose));
        if (params.getOrDefault(NESTED, "").isBlank()) {
            params.remove(NESTED);
        }
    }

    /** What {@link #mergeJson} was given; the type and the metric of an index stay beside the JSON object, too. */
    static Map<String, String> unmerged(Map<String, String> params) {
        Map<String, String> given = new TreeMap<>(params);
        Map<String, String> members = nested(params);
        members.keySet().removeAll(List.of(VectorIndexSpec.INDEX_TYPE, VectorIndexSpec.METRIC_TYPE));
        members.forEach(given::remove);
        return given;
    }

    private static Map<String, String> nested(Map<String, String> params) {
        Map<String, String> members = new TreeMap<>();
        String json = params.getOrDefault(NESTED, "");
        if (json.isBlank()) {
            return members;
        }
        JsonNode object = parse(json);
        if (!object.isObject()) {
            throw new Invalid("params: expected a JSON object, found " + json);
        }
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            JsonNode value = member.getValue();
            members.put(member.getKey(), value.isValueNode() ? value.asText() : value.toString());
        }
        return members;
    }

    private static JsonNode parse(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException _) {
            throw new Invalid("params: expected a JSON object, found " + json);
        }
    }

    /** @throws Invalid in Milvus's words, if the text is no integer from {@code low} to {@code high} */
    static int integer(String name, String text, int low, int high) {
        String digits = text.strip();
        if (!digits.matches("[+-]?\\d{1,18}")) {
            throw digits.matches("[+-]?(\\d+\\.\\d*|\\d*\\.\\d+)([eE][+-]?\\d+)?")
                    ? new Invalid("Type conflict in json: param '" + name + "' (" + text + ") should be integer")
                    : new Invalid(
                            "invalid integer value, key: '" + name + "', value: '" + text + "': invalid parameter");
        }
        long value = Long.parseLong(digits);
        if (value < low || value > high) {
            throw new Invalid("Out of range in json: param '" + name + "' (" + text + ") should be in range [" + low
                    + ", " + high + "]");
        }
        return (int) value;
    }

    /** @throws Invalid in Milvus's words, if the text is no number from {@code low} to {@code high}, or to before it */
    static double number(String name, String text, double low, double high, boolean withHigh) {
        double value;
        try {
            value = Double.parseDouble(text.strip());
        } catch (NumberFormatException _) {
            throw new Invalid("invalid float value, key: '" + name + "', value: '" + text + "': invalid parameter");
        }
        if (!(value >= low) || value > high || value == high && !withHigh) {
            throw new Invalid("Out of range in json: param '" + name + "' (" + text + ") should be in range [" + low
                    + ", " + high + (withHigh ? "]" : ")"));
        }
        return value;
    }
}
