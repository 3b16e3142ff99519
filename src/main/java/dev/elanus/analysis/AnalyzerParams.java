package dev.elanus.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.tartarus.snowball.SnowballStemmer;

/** Reads Milvus's {@code analyzer_params}. */
final class AnalyzerParams {
    private final JsonNode params;

    AnalyzerParams(String json) {
        this(parse(json));
    }

    AnalyzerParams(JsonNode params) {
        if (!params.isObject()) {
            throw new Invalid("analyzer params should be a json map, found " + params);
        }
        this.params = params;
    }

    private static JsonNode parse(String json) {
        try {
            return new ObjectMapper().readTree(json.isBlank() ? "{}" : json);
        } catch (JsonProcessingException malformed) {
            throw new Invalid("analyzer params: JsonError: " + malformed.getOriginalMessage());
        }
    }

    TextAnalyzer analyzer() {
        if (params.isEmpty()) {
            return standard();
        }
        JsonNode type = params.get("type");
        if (type == null) {
            return custom();
        }
        return switch (text(type, "analyzer type shoud be string")) {
            case "standard" -> standard();
            case "english" -> english();
            case "chinese" -> chinese();
            default -> throw new Invalid("unknown build-in analyzer type: " + type.textValue());
        };
    }

    private TextAnalyzer standard() {
        List<UnaryOperator<TokenStream>> filters = new ArrayList<>(List.of(LowerCaseFilter::new));
        addStopWords(filters, Set.of());
        return new TextAnalyzer(Tokenizers::words, filters);
    }

    private TextAnalyzer english() {
        List<UnaryOperator<TokenStream>> filters = new ArrayList<>(List.of(LowerCaseFilter::new, stemmer("english")));
        addStopWords(filters, StopWords.english());
        return new TextAnalyzer(Tokenizers::words, filters);
    }

    private TextAnalyzer chinese() {
        List<UnaryOperator<TokenStream>> filters = new ArrayList<>(List.of(named("cnalphanumonly")));
        addStopWords(filters, Set.of());
        return Tokenizers.chinese(true).with(filters);
    }

    private void addStopWords(List<UnaryOperator<TokenStream>> filters, Set<String> builtIn) {
        Set<String> words = new HashSet<>(builtIn);
        if (params.has("stop_words")) {
            words.addAll(stopWords(params.get("stop_words")));
        }
        if (!words.isEmpty()) {
            filters.add(stop(words));
        }
    }

    private TextAnalyzer custom() {
        JsonNode tokenizer = params.get("tokenizer");
        if (tokenizer == null) {
            throw new Invalid("tokenizer name or type must be set");
        }
        List<UnaryOperator<TokenStream>> filters = new ArrayList<>();
        params.fieldNames().forEachRemaining(key -> {
            if (!key.equals("tokenizer") && !key.equals("filter")) {
                throw new Invalid("unknown analyzer option key: " + key);
            }
        });
        if (params.has("filter")) {
            if (!params.get("filter").isArray()) {
                throw new Invalid("filter params should be array");
            }
            params.get("filter").forEach(filter -> filters.add(filter.isObject() ? withParams(filter) : named(filter)));
        }
        return Tokenizers.of(tokenizer).with(filters);
    }

    private static UnaryOperator<TokenStream> named(JsonNode filter) {
        return named(text(filter, "filter should be string or dict"));
    }

    private static UnaryOperator<TokenStream> named(String filter) {
        return switch (filter) {
            case "lowercase" -> LowerCaseFilter::new;
            case "asciifolding" -> ASCIIFoldingFilter::new;
            case "alphanumonly" -> kept(all(KeptTokens::isAsciiAlphanumeric));
            case "cncharonly" -> kept(all(KeptTokens::isChinese));
            case "cnalphanumonly" ->
                kept(all(point -> KeptTokens.isChinese(point) || KeptTokens.isAsciiAlphanumeric(point)));
            case "removepunct" -> kept(text -> !text.codePoints().allMatch(KeptTokens::isPunctuation));
            case "stop", "length", "stemmer", "decompounder", "regex" ->
                throw new Invalid("filter " + filter + " needs its params, expected a dict with type " + filter);
            default -> throw new Invalid("build analyzer failed, filter not found :" + filter);
        };
    }

    private static UnaryOperator<TokenStream> withParams(JsonNode filter) {
        if (!filter.has("type")) {
            throw new Invalid("no type field in filter params");
        }
        String type = text(filter.get("type"), "filter type should be string");
        return switch (type) {
            case "stop" -> stop(stopWords(filter.path("stop_words")));
            case "length" -> length(filter.path("max"));
            case "stemmer" -> stemmer(text(filter.path("language"), "stemmer language field should be string"));
            case "decompounder" -> {
                Set<String> words = Set.copyOf(texts(filter.path("word_list"), "decompounder word list"));
                yield stream -> new CompoundWords(stream, words);
            }
            case "regex" -> regex(text(filter.path("expr"), "regex filter expr should be string"));
            case "synonym", "pinyin" -> throw new Unsupported("filter " + type);
            default -> throw new Invalid("unsupport filter type: " + type);
        };
    }

    private static UnaryOperator<TokenStream> length(JsonNode max) {
        if (!max.isIntegralNumber() || max.longValue() < 0) {
            throw new Invalid("lenth max param was none or not uint");
        }
        long most = max.longValue();
        return kept(text -> text.codePoints()
                        .mapToLong(point -> point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4)
                        .sum()
                <= most);
    }

    private static UnaryOperator<TokenStream> regex(String expression) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(expression);
        } catch (PatternSyntaxException malformed) {
            throw new Invalid("regex filter expr is no regular expression: " + malformed.getMessage());
        }
        return kept(text -> pattern.matcher(text).find());
    }

    private static UnaryOperator<TokenStream> stemmer(String language) {
        Supplier<SnowballStemmer> stemmers = Stemmers.of(language);
        return stream -> new SnowballFilter(stream, stemmers.get());
    }

    private static UnaryOperator<TokenStream> stop(Set<String> words) {
        CharArraySet set = new CharArraySet(words, false);
        return stream -> new StopFilter(stream, set);
    }

    private static Set<String> stopWords(JsonNode list) {
        return StopWords.of(texts(list, "filter stop_words"));
    }

    private static UnaryOperator<TokenStream> kept(Predicate<CharSequence> condition) {
        return stream -> new KeptTokens(stream, condition);
    }

    private static Predicate<CharSequence> all(java.util.function.IntPredicate points) {
        return text -> text.codePoints().allMatch(points);
    }

    static String text(JsonNode node, String message) {
        if (!node.isTextual()) {
            throw new Invalid(message + ", found " + (node.isMissingNode() ? "nothing" : node));
        }
        return node.textValue();
    }

    private static List<String> texts(JsonNode list, String what) {
        if (!list.isArray()) {
            throw new Invalid(what + " should be array");
        }
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(text(item, what + " list item should be string")));
        return texts;
    }
}
