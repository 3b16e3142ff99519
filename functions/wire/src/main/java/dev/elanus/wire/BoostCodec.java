package dev.elanus.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elanus.error.Invalid;
import dev.elanus.search.Boost;
import dev.elanus.search.FilterText;
import io.milvus.grpc.FunctionSchema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Boosts from messages: one function a weight. */
final class BoostCodec {
    private BoostCodec() {}

    static Boost decode(List<FunctionSchema> functions, Parameters params) {
        List<Boost.Weight> weights = new ArrayList<>();
        for (FunctionSchema function : functions) {
            Parameters own = Parameters.of(function.getParamsList());
            if (!"boost".equals(own.text("reranker"))) {
                throw new Invalid("function " + function.getName() + ": expected reranker boost beside others, found "
                        + own.text("reranker"));
            }
            weights.add(new Boost.Weight(
                    weight(function.getName(), own.text("weight")),
                    FilterText.of(own.has("filter") ? String.valueOf(own.text("filter")) : ""),
                    chance(own.text("random_score"))));
        }
        return new Boost(weights, mode(params, "function_mode"), mode(params, "boost_mode"));
    }

    private static float weight(String name, @Nullable String text) {
        if (text == null) {
            throw new Invalid("boost function " + name + " lost param: weight");
        }
        try {
            return Float.parseFloat(text);
        } catch (NumberFormatException _) {
            throw Invalid.of("boost function " + name + ": weight", "a number", text);
        }
    }

    private static Boost.@Nullable Chance chance(@Nullable String json) {
        if (json == null || json.isBlank()) {
            return null;
        }
        JsonNode node = Json.parse(json, "random_score");
        if (!node.isObject()) {
            throw Invalid.of("random_score", "a JSON object of seed and field", json);
        }
        JsonNode field = node.path("field");
        return new Boost.Chance(node.path("seed").asLong(), field.isTextual() ? field.textValue() : null);
    }

    private static Boost.Mode mode(Parameters params, String name) {
        String text = params.has(name) ? String.valueOf(params.text(name)) : "multiply";
        for (Boost.Mode mode : Boost.Mode.values()) {
            if (mode.name().equalsIgnoreCase(text)) {
                return mode;
            }
        }
        throw Invalid.of(name, "multiply or sum", text);
    }
}
