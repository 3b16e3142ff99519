package dev.elanus.analysis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import opennlp.tools.langdetect.LanguageDetectorME;
import opennlp.tools.langdetect.LanguageDetectorModel;
import org.jspecify.annotations.Nullable;

/**
 * Tells the language of a text by its script and, where several languages are written in that, by OpenNLP's model. Deterministic, so that a query's
 * tokens are those of the same words in a row. For one thread.
 */
final class LanguageIdentifier {
    /** Which of Milvus's identifiers this stands for: it decides which languages there are and what they are called. */
    enum Kind {
        WHATLANG,
        LINGUA
    }

    static final String UNKNOWN = "default";

    /** As much of a text as is looked at, in chars. */
    private static final int LONGEST = 1_000;
    /** A language that is likelier than the next by this share is certain. The model's probabilities lie close together. */
    private static final double CERTAIN = 0.1;

    private final Kind kind;
    private final double confidence;
    private final Map<UnicodeScript, List<Language>> languages = new EnumMap<>(UnicodeScript.class);
    private final LanguageDetectorME detector = new LanguageDetectorME(Model.LOADED);

    /** @param confidence how sure a language has to be, from 0 to 1; texts that are less sure are of no known language */
    LanguageIdentifier(Kind kind, double confidence) {
        this.kind = kind;
        this.confidence = confidence;
        for (UnicodeScript script : UnicodeScript.values()) {
            List<Language> written = Stream.of(Language.values())
                    .filter(language -> language.script() == script && language.name(kind) != null)
                    .toList();
            languages.put(script, written);
        }
    }

    /** The language's name as the identifier has it, {@link #UNKNOWN} if it is none that it knows. */
    String identify(String text) {
        String start = text.substring(0, Math.min(text.length(), LONGEST));
        List<Language> candidates = languages.getOrDefault(script(start), List.of());
        Language found = candidates.size() > 1 ? likeliest(start, candidates) : first(candidates);
        String name = found == null ? null : found.name(kind);
        return name == null ? UNKNOWN : name;
    }

    private @Nullable Language first(List<Language> candidates) {
        return candidates.isEmpty() || confidence >= 1 ? null : candidates.getFirst();
    }

    private @Nullable Language likeliest(String text, List<Language> candidates) {
        Map<String, Double> likelihoods = new HashMap<>();
        for (opennlp.tools.langdetect.Language guess : detector.predictLanguages(text)) {
            likelihoods.put(guess.getLang(), guess.getConfidence());
        }
        Language best = candidates.getFirst();
        double most = 0;
        double next = 0;
        for (Language candidate : candidates) {
            double likelihood = candidate.codes().stream()
                    .mapToDouble(code -> likelihoods.getOrDefault(code, 0.0))
                    .max()
                    .orElse(0);
            if (likelihood > most) {
                next = most;
                most = likelihood;
                best = candidate;
            } else {
                next = Math.max(next, likelihood);
            }
        }
        return Math.min(1, (most / next - 1) / CERTAIN) > confidence ? best : null;
    }

    /** The script of most letters; of kanji with kana it is kana. */
    private static UnicodeScript script(String text) {
        Map<UnicodeScript, Integer> letters = new EnumMap<>(UnicodeScript.class);
        text.codePoints().filter(Character::isLetter).forEach(point -> {
            UnicodeScript script = UnicodeScript.of(point);
            letters.merge(script == UnicodeScript.KATAKANA ? UnicodeScript.HIRAGANA : script, 1, Integer::sum);
        });
        Integer kana = letters.get(UnicodeScript.HIRAGANA);
        if (kana != null) {
            letters.merge(UnicodeScript.HIRAGANA, letters.getOrDefault(UnicodeScript.HAN, 0), Integer::sum);
        }
        return letters.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(UnicodeScript.UNKNOWN);
    }

    /** Read when the first text is to be told: the model takes half a second and some tens of megabytes. */
    private static final class Model {
        static final LanguageDetectorModel LOADED = load();

        private static LanguageDetectorModel load() {
            try (InputStream bytes = LanguageDetectorModel.class.getResourceAsStream("/langdetect-183.bin")) {
                if (bytes == null) {
                    throw new IllegalStateException("the model of languages is not on the class path");
                }
                return new LanguageDetectorModel(bytes);
            } catch (IOException unreadable) {
                throw new UncheckedIOException("the model of languages", unreadable);
            }
        }
    }
}
