package dev.elanus.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elanus.error.Invalid;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Several analyzers under names, one of which is the default for all other names. Safe for use from many threads. */
final class NamedAnalyzers {
    /** The analyzer of names that are not known, and where none is said. */
    static final String DEFAULT = "default";

    private final Map<String, TextAnalyzer> analyzers;
    private final TextAnalyzer fallback;
    private final Map<String, String> aliases;

    /** @param analyzers with one that is named {@link #DEFAULT} */
    NamedAnalyzers(Map<String, TextAnalyzer> analyzers, Map<String, String> aliases) {
        this.analyzers = Map.copyOf(analyzers);
        this.fallback = Objects.requireNonNull(analyzers.get(DEFAULT), "no analyzer is the default");
        this.aliases = Map.copyOf(aliases);
    }

    /**
     * The analyzers of Milvus's {@code multi_analyzer_params}.
     *
     * @param json an object of {@code by_field}, {@code analyzers} and, if need be, {@code alias}
     * @throws Invalid if it breaks a rule
     * @throws dev.elanus.error.Unsupported if Milvus has one of the analyzers and it is not offered here
     */
    static NamedAnalyzers of(String json) {
        JsonNode params = parse(json);
        Map<String, String> aliases =
                params.has("alias") ? texts(params.get("alias"), "multi analyzer alias must be string map") : Map.of();
        JsonNode given = params.get("analyzers");
        if (given == null) {
            throw new Invalid("multi analyzer params must set analyzers");
        }
        if (!given.isObject()) {
            throw new Invalid("unmarshal analyzers failed: expected a json map, found " + given);
        }
        Map<String, TextAnalyzer> analyzers = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            try {
                analyzers.put(entry.getKey(), new AnalyzerParams(entry.getValue()).analyzer());
            } catch (Invalid wrong) {
                throw new Invalid("analyzer " + entry.getKey() + " params invalid: " + wrong.getMessage());
            }
        }
        if (!analyzers.containsKey(DEFAULT)) {
            throw new Invalid("multi analyzer must set default analyzer for all unknown value");
        }
        return new NamedAnalyzers(analyzers, aliases);
    }

    /** The field whose values name the analyzer of a row. @throws Invalid if the params name none */
    static String byField(String json) {
        JsonNode field = parse(json).get("by_field");
        if (field == null) {
            throw new Invalid("multi analyzer params now must set by_field to specify with field decide analyzer");
        }
        if (!field.isTextual()) {
            throw new Invalid("multi analyzer params by_field must be string but now: " + field);
        }
        return field.textValue();
    }

    /** The analyzer of a name or of what it is an alias of; the default one if there is none such or no name. */
    TextAnalyzer named(@Nullable String name) {
        String given = name == null || name.isEmpty() ? DEFAULT : name;
        TextAnalyzer found = analyzers.get(aliases.getOrDefault(given, given));
        return found == null ? fallback : found;
    }

    private static JsonNode parse(String json) {
        JsonNode params;
        try {
            params = new ObjectMapper().readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new Invalid("multi analyzer params: JsonError: " + malformed.getOriginalMessage());
        }
        if (!params.isObject()) {
            throw new Invalid("multi analyzer params should be a json map, found " + json);
        }
        params.fieldNames().forEachRemaining(key -> {
            switch (key) {
                case "by_field", "analyzers", "alias" -> {}
                default -> throw new Invalid("unknown multi analyzer option key: " + key);
            }
        });
        return params;
    }

    /** The members of an object of texts. */
    static Map<String, String> texts(JsonNode object, String message) {
        if (!object.isObject()) {
            throw new Invalid(message + " but now: " + object);
        }
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (!entry.getValue().isTextual()) {
                throw new Invalid(message + " but now: " + object);
            }
            texts.put(entry.getKey(), entry.getValue().textValue());
        }
        return texts;
    }
}
