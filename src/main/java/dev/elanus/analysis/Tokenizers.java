package dev.elanus.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.icu.segmentation.ICUTokenizer;
import org.apache.lucene.analysis.ja.JapaneseTokenizer;
import org.apache.lucene.analysis.ko.KoreanTokenizer;
import org.apache.lucene.analysis.util.CharTokenizer;

/** The tokenizers by their names, with their options. */
final class Tokenizers {
    private static final int LONGEST_TOKEN = 1 << 20;

    private Tokenizers() {}

    /** @param params a name, or an object whose type is one */
    static TextAnalyzer of(JsonNode params) {
        JsonNode type = params.isObject() ? params.path("type") : params;
        String name = AnalyzerParams.text(type, "tokenizer name should be string or dict");
        return switch (name) {
            case "standard" -> plain(params, Tokenizers::words);
            case "whitespace" -> plain(params, () -> new WhitespaceTokenizer(LONGEST_TOKEN));
            case "jieba" -> jieba(params);
            case "icu" -> plain(params, ICUTokenizer::new);
            case "lindera" -> lindera(params);
            case "language_identifier" -> byLanguage(params);
            case "char_group" -> charGroup(params);
            case "grpc" -> throw new Unsupported("tokenizer " + name);
            default -> throw new Invalid("unsupported tokenizer: " + name);
        };
    }

    /** Runs of letters and digits, as Milvus's standard tokenizer has it: not the word boundaries of Unicode. */
    static Tokenizer words() {
        return CharTokenizer.fromTokenCharPredicate(KeptTokens::isAlphanumeric);
    }

    private static TextAnalyzer plain(JsonNode params, Supplier<Tokenizer> tokenizer) {
        checkOptions(params, Set.of());
        return new TextAnalyzer(tokenizer, List.of());
    }

    /** Runs of what are no delimiters: single characters, and the groups of them that have a name. */
    private static TextAnalyzer charGroup(JsonNode params) {
        if (!params.isObject()) {
            throw new Invalid("char group tokenizer must be customized");
        }
        checkOptions(params, Set.of("delimiters"));
        IntPredicate delimiters = CharGroups.of(params.path("delimiters"));
        return new TextAnalyzer(() -> CharTokenizer.fromSeparatorCharPredicate(delimiters), List.of());
    }

    /** Words by Lucene, and in the mode of searches the words within them as well. */
    static TextAnalyzer chinese(boolean withSubWords) {
        return new TextAnalyzer(ChineseTokenizer::new, withSubWords ? List.of(SubWords::new) : List.of());
    }

    /** Lucene's words in place of jieba's, by a dictionary and by guesses: only those can be asked for. */
    private static TextAnalyzer jieba(JsonNode params) {
        checkOptions(params, Set.of("mode", "dict", "hmm"));
        String mode = params.has("mode")
                ? AnalyzerParams.text(params.get("mode"), "jieba tokenizer mode must be string")
                : "search";
        if (!List.of("search", "exact").contains(mode)) {
            throw new Invalid("jieba tokenizer mode must be \"exact\" or \"search\", found " + mode);
        }
        JsonNode dictionary = params.path("dict");
        boolean isOwn = dictionary.isMissingNode()
                || dictionary.isArray()
                        && dictionary.size() == 1
                        && dictionary.get(0).asText().equals("_default_");
        if (!isOwn) {
            throw new Unsupported("jieba with the option dict=" + dictionary);
        }
        if (params.has("hmm") && !params.get("hmm").isBoolean()) {
            throw new Invalid("jieba tokenizer mode must be boolean: hmm, found " + params.get("hmm"));
        }
        if (params.has("hmm") && !params.get("hmm").booleanValue()) {
            throw new Unsupported("jieba with the option hmm=" + params.get("hmm"));
        }
        return chinese(mode.equals("search"));
    }

    /** Words of a dictionary, punctuation among them: by Lucene's tokenizers over the same dictionaries. */
    private static TextAnalyzer lindera(JsonNode params) {
        if (!params.isObject()) {
            throw new Invalid("lindera tokenizer must be costum");
        }
        checkOptions(params, Set.of("dict_kind"));
        if (!params.has("dict_kind")) {
            throw new Invalid("lindera tokenizer dict_kind must be set");
        }
        String kind = AnalyzerParams.text(params.get("dict_kind"), "lindera tokenizer dict kind should be string");
        Supplier<Tokenizer> tokenizer = switch (kind) {
            case "ipadic" -> () -> new JapaneseTokenizer(null, false, JapaneseTokenizer.Mode.NORMAL);
            case "ko-dic" ->
                () -> new KoreanTokenizer(
                        KoreanTokenizer.DEFAULT_TOKEN_ATTRIBUTE_FACTORY,
                        null,
                        KoreanTokenizer.DecompoundMode.NONE,
                        false,
                        false);
            case "ipadic-neologd", "unidic", "cc-cedict" ->
                throw new Unsupported("tokenizer lindera: dict_kind " + kind);
            default -> throw new Invalid("unsupported lindera dict type: " + kind);
        };
        return new TextAnalyzer(
                tokenizer,
                List.of(stream ->
                        new KeptTokens(stream, token -> !token.codePoints().allMatch(Character::isWhitespace))));
    }

    private static TextAnalyzer byLanguage(JsonNode params) {
        if (!params.isObject()) {
            throw new Invalid("lang ident tokenizer must be costum");
        }
        checkOptions(params, Set.of("identifier", "analyzers", "mapping"));
        Supplier<LanguageIdentifier> identifier = identifier(params.path("identifier"));
        JsonNode given = params.get("analyzers");
        if (given == null) {
            throw new Invalid("analyzers must be set");
        }
        if (!given.isObject()) {
            throw new Invalid("analyzers must be dict, found " + given);
        }
        Map<String, TextAnalyzer> analyzers = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            if (!entry.getValue().isObject()) {
                throw new Invalid("sub analyzer \"" + entry.getKey() + "\" params must be dict");
            }
            analyzers.put(entry.getKey(), new AnalyzerParams(entry.getValue()).analyzer());
        }
        if (!analyzers.containsKey(NamedAnalyzers.DEFAULT)) {
            throw new Invalid("default sub analyzer for language identifier analyzer must be set");
        }
        Map<String, String> mapping = params.has("mapping")
                ? NamedAnalyzers.texts(params.get("mapping"), "mapping must be dict of strings")
                : Map.of();
        NamedAnalyzers named = new NamedAnalyzers(analyzers, mapping);
        return new TextAnalyzer(() -> new LanguageTokenizer(identifier.get(), named), List.of());
    }

    private static Supplier<LanguageIdentifier> identifier(JsonNode params) {
        if (params.isMissingNode()) {
            return () -> new LanguageIdentifier(LanguageIdentifier.Kind.WHATLANG, 0);
        }
        if (params.isTextual()) {
            LanguageIdentifier.Kind kind = kind(params.textValue(), "name");
            return () -> new LanguageIdentifier(kind, 0);
        }
        if (!params.isObject()) {
            throw new Invalid("identifier params must be string or dict, found " + params);
        }
        if (!params.has("type")) {
            throw new Invalid("identifier type must be set");
        }
        LanguageIdentifier.Kind kind =
                kind(AnalyzerParams.text(params.get("type"), "identifier type must be string"), "type");
        checkOptions(params, kind == LanguageIdentifier.Kind.WHATLANG ? Set.of("confidence") : Set.of());
        JsonNode confidence = params.path("confidence");
        if (!confidence.isMissingNode() && !confidence.isNumber()) {
            throw new Invalid("confidence must be float, found " + confidence);
        }
        return () -> new LanguageIdentifier(kind, confidence.asDouble(0));
    }

    private static LanguageIdentifier.Kind kind(String name, String what) {
        return switch (name) {
            case "whatlang" -> LanguageIdentifier.Kind.WHATLANG;
            case "lingua" -> LanguageIdentifier.Kind.LINGUA;
            default -> throw new Invalid("unknown identifier " + what + ": " + name);
        };
    }

    private static void checkOptions(JsonNode params, Set<String> known) {
        params.fieldNames().forEachRemaining(option -> {
            if (!option.equals("type") && !known.contains(option)) {
                throw new Unsupported(
                        params.path("type").asText() + " with the option " + option + "=" + params.get(option));
            }
        });
    }
}
