package dev.elanus.analysis;

import dev.elanus.error.Invalid;
import java.util.Locale;
import java.util.function.Supplier;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.ArabicStemmer;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.FinnishStemmer;
import org.tartarus.snowball.ext.FrenchStemmer;
import org.tartarus.snowball.ext.GermanStemmer;
import org.tartarus.snowball.ext.GreekStemmer;
import org.tartarus.snowball.ext.HungarianStemmer;
import org.tartarus.snowball.ext.ItalianStemmer;
import org.tartarus.snowball.ext.NorwegianStemmer;
import org.tartarus.snowball.ext.PortugueseStemmer;
import org.tartarus.snowball.ext.RomanianStemmer;
import org.tartarus.snowball.ext.RussianStemmer;
import org.tartarus.snowball.ext.SpanishStemmer;
import org.tartarus.snowball.ext.SwedishStemmer;
import org.tartarus.snowball.ext.TamilStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;

/** The Snowball stemmers by language. Lucene's own look-up goes by class names, which native compilation does not see. */
final class Stemmers {
    private Stemmers() {}

    static Supplier<SnowballStemmer> of(String language) {
        return switch (language.toLowerCase(Locale.ROOT)) {
            case "arabic", "arabig" -> ArabicStemmer::new;
            case "danish" -> DanishStemmer::new;
            case "dutch" -> DutchStemmer::new;
            case "english" -> EnglishStemmer::new;
            case "finnish" -> FinnishStemmer::new;
            case "french" -> FrenchStemmer::new;
            case "german" -> GermanStemmer::new;
            case "greek" -> GreekStemmer::new;
            case "hungarian" -> HungarianStemmer::new;
            case "italian" -> ItalianStemmer::new;
            case "norwegian" -> NorwegianStemmer::new;
            case "portuguese" -> PortugueseStemmer::new;
            case "romanian" -> RomanianStemmer::new;
            case "russian" -> RussianStemmer::new;
            case "spanish" -> SpanishStemmer::new;
            case "swedish" -> SwedishStemmer::new;
            case "tamil" -> TamilStemmer::new;
            case "turkish" -> TurkishStemmer::new;
            default -> throw new Invalid("unsupport language: " + language);
        };
    }
}
