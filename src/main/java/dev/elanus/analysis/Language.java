package dev.elanus.analysis;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The languages that Milvus's language identifiers tell apart, under the names that either gives them. */
enum Language {
    AFRIKAANS("afr", Known.TO_BOTH),
    ALBANIAN("sqi", Known.TO_LINGUA),
    AMHARIC(UnicodeScript.ETHIOPIC, Known.TO_WHATLANG),
    ARABIC("ara", UnicodeScript.ARABIC, Known.TO_BOTH),
    ARMENIAN(UnicodeScript.ARMENIAN, Known.TO_BOTH),
    AZERBAIJANI("aze", Known.TO_BOTH),
    BASQUE("eus", Known.TO_LINGUA),
    BELARUSIAN("bel", UnicodeScript.CYRILLIC, Known.TO_BOTH),
    BENGALI(UnicodeScript.BENGALI, Known.TO_BOTH),
    BOKMAL("nob", Known.TO_BOTH),
    BOSNIAN("bos", Known.TO_LINGUA),
    BULGARIAN("bul", UnicodeScript.CYRILLIC, Known.TO_BOTH),
    BURMESE(UnicodeScript.MYANMAR, Known.TO_WHATLANG),
    CATALAN("cat", Known.TO_BOTH),
    CHINESE(UnicodeScript.HAN, Known.TO_BOTH),
    CROATIAN("hrv", Known.TO_BOTH),
    CZECH("ces", Known.TO_BOTH),
    DANISH("dan", Known.TO_BOTH),
    DUTCH("nld", Known.TO_BOTH),
    ENGLISH("eng", Known.TO_BOTH),
    ESPERANTO("epo", Known.TO_BOTH),
    ESTONIAN("est ekk", Known.TO_BOTH),
    FINNISH("fin", Known.TO_BOTH),
    FRENCH("fra", Known.TO_BOTH),
    GEORGIAN(UnicodeScript.GEORGIAN, Known.TO_BOTH),
    GERMAN("deu", Known.TO_BOTH),
    GREEK(UnicodeScript.GREEK, Known.TO_BOTH),
    GUJARATI(UnicodeScript.GUJARATI, Known.TO_BOTH),
    HEBREW(UnicodeScript.HEBREW, Known.TO_BOTH),
    HINDI("hin", UnicodeScript.DEVANAGARI, Known.TO_BOTH),
    HUNGARIAN("hun", Known.TO_BOTH),
    ICELANDIC("isl", Known.TO_LINGUA),
    INDONESIAN("ind", Known.TO_BOTH),
    IRISH("gle", Known.TO_LINGUA),
    ITALIAN("ita", Known.TO_BOTH),
    JAPANESE(UnicodeScript.HIRAGANA, Known.TO_BOTH),
    JAVANESE("jav", Known.TO_WHATLANG),
    KANNADA(UnicodeScript.KANNADA, Known.TO_WHATLANG),
    KAZAKH("kaz", UnicodeScript.CYRILLIC, Known.TO_LINGUA),
    KHMER(UnicodeScript.KHMER, Known.TO_WHATLANG),
    KOREAN(UnicodeScript.HANGUL, Known.TO_BOTH),
    LATIN("lat", Known.TO_BOTH),
    LATVIAN("lav lvs", Known.TO_BOTH),
    LITHUANIAN("lit", Known.TO_BOTH),
    MACEDONIAN("mkd", UnicodeScript.CYRILLIC, Known.TO_BOTH),
    MALAY("msa", Known.TO_LINGUA),
    MALAYALAM(UnicodeScript.MALAYALAM, Known.TO_WHATLANG),
    MAORI("mri", Known.TO_LINGUA),
    MARATHI("mar", UnicodeScript.DEVANAGARI, Known.TO_BOTH),
    MONGOLIAN("mon", UnicodeScript.CYRILLIC, Known.TO_LINGUA),
    NEPALI("nep", UnicodeScript.DEVANAGARI, Known.TO_WHATLANG),
    NYNORSK("nno", Known.TO_LINGUA),
    ORIYA(UnicodeScript.ORIYA, Known.TO_WHATLANG),
    PERSIAN("fas pes", UnicodeScript.ARABIC, Known.TO_BOTH),
    POLISH("pol", Known.TO_BOTH),
    PORTUGUESE("por", Known.TO_BOTH),
    PUNJABI(UnicodeScript.GURMUKHI, Known.TO_BOTH),
    ROMANIAN("ron", Known.TO_BOTH),
    RUSSIAN("rus", UnicodeScript.CYRILLIC, Known.TO_BOTH),
    SERBIAN("srp", UnicodeScript.CYRILLIC, Known.TO_BOTH),
    SINHALA(UnicodeScript.SINHALA, Known.TO_WHATLANG),
    SLOVAK("slk", Known.TO_BOTH),
    SLOVENE("slv", Known.TO_BOTH),
    SOMALI("som", Known.TO_LINGUA),
    SPANISH("spa", Known.TO_BOTH),
    SWAHILI("swa", Known.TO_LINGUA),
    SWEDISH("swe", Known.TO_BOTH),
    TAGALOG("tgl", Known.TO_BOTH),
    TAMIL(UnicodeScript.TAMIL, Known.TO_BOTH),
    TELUGU(UnicodeScript.TELUGU, Known.TO_BOTH),
    THAI(UnicodeScript.THAI, Known.TO_BOTH),
    TURKISH("tur", Known.TO_BOTH),
    UKRAINIAN("ukr", UnicodeScript.CYRILLIC, Known.TO_BOTH),
    URDU("urd", UnicodeScript.ARABIC, Known.TO_BOTH),
    UZBEK("uzb", Known.TO_WHATLANG),
    VIETNAMESE("vie", Known.TO_BOTH),
    WELSH("cym", Known.TO_LINGUA),
    ZULU("zul", Known.TO_BOTH);

    /** Which of Milvus's identifiers know a language. */
    private enum Known {
        TO_BOTH,
        TO_WHATLANG,
        TO_LINGUA
    }

    private final List<String> codes;
    private final UnicodeScript script;
    private final Known known;

    /** @param codes of ISO 639-3 in the model, parted by blanks */
    Language(String codes, UnicodeScript script, Known known) {
        this.codes = Arrays.asList(codes.split(" "));
        this.script = script;
        this.known = known;
    }

    /** A language in Latin letters. */
    Language(String codes, Known known) {
        this(codes, UnicodeScript.LATIN, known);
    }

    /** A language beside which no other is written in its script, so that the model is not asked. */
    Language(UnicodeScript script, Known known) {
        this.codes = List.of();
        this.script = script;
        this.known = known;
    }

    List<String> codes() {
        return codes;
    }

    UnicodeScript script() {
        return script;
    }

    /** The name by one of the identifiers; null where that one does not know the language. */
    @Nullable
    String name(LanguageIdentifier.Kind kind) {
        Known others = kind == LanguageIdentifier.Kind.WHATLANG ? Known.TO_LINGUA : Known.TO_WHATLANG;
        if (known == others) {
            return null;
        }
        if (kind == LanguageIdentifier.Kind.WHATLANG && this == CHINESE) {
            return "Mandarin";
        }
        return this == SINHALA
                ? "Sinhalese"
                : name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
}
