package dev.elanus.analysis;

import java.lang.Character.UnicodeScript;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The languages that Milvus's language identifiers tell apart, under the names that either gives them. */
enum Language {
    AFRIKAANS("afr", UnicodeScript.LATIN, "Afrikaans", "Afrikaans"),
    ALBANIAN("sqi", UnicodeScript.LATIN, null, "Albanian"),
    AMHARIC("", UnicodeScript.ETHIOPIC, "Amharic", null),
    ARABIC("ara", UnicodeScript.ARABIC, "Arabic", "Arabic"),
    ARMENIAN("", UnicodeScript.ARMENIAN, "Armenian", "Armenian"),
    AZERBAIJANI("aze", UnicodeScript.LATIN, "Azerbaijani", "Azerbaijani"),
    BASQUE("eus", UnicodeScript.LATIN, null, "Basque"),
    BELARUSIAN("bel", UnicodeScript.CYRILLIC, "Belarusian", "Belarusian"),
    BENGALI("", UnicodeScript.BENGALI, "Bengali", "Bengali"),
    BOKMAL("nob", UnicodeScript.LATIN, "Bokmal", "Bokmal"),
    BOSNIAN("bos", UnicodeScript.LATIN, null, "Bosnian"),
    BULGARIAN("bul", UnicodeScript.CYRILLIC, "Bulgarian", "Bulgarian"),
    BURMESE("", UnicodeScript.MYANMAR, "Burmese", null),
    CATALAN("cat", UnicodeScript.LATIN, "Catalan", "Catalan"),
    CHINESE("", UnicodeScript.HAN, "Mandarin", "Chinese"),
    CROATIAN("hrv", UnicodeScript.LATIN, "Croatian", "Croatian"),
    CZECH("ces", UnicodeScript.LATIN, "Czech", "Czech"),
    DANISH("dan", UnicodeScript.LATIN, "Danish", "Danish"),
    DUTCH("nld", UnicodeScript.LATIN, "Dutch", "Dutch"),
    ENGLISH("eng", UnicodeScript.LATIN, "English", "English"),
    ESPERANTO("epo", UnicodeScript.LATIN, "Esperanto", "Esperanto"),
    ESTONIAN("est ekk", UnicodeScript.LATIN, "Estonian", "Estonian"),
    FINNISH("fin", UnicodeScript.LATIN, "Finnish", "Finnish"),
    FRENCH("fra", UnicodeScript.LATIN, "French", "French"),
    GEORGIAN("", UnicodeScript.GEORGIAN, "Georgian", "Georgian"),
    GERMAN("deu", UnicodeScript.LATIN, "German", "German"),
    GREEK("", UnicodeScript.GREEK, "Greek", "Greek"),
    GUJARATI("", UnicodeScript.GUJARATI, "Gujarati", "Gujarati"),
    HEBREW("", UnicodeScript.HEBREW, "Hebrew", "Hebrew"),
    HINDI("hin", UnicodeScript.DEVANAGARI, "Hindi", "Hindi"),
    HUNGARIAN("hun", UnicodeScript.LATIN, "Hungarian", "Hungarian"),
    ICELANDIC("isl", UnicodeScript.LATIN, null, "Icelandic"),
    INDONESIAN("ind", UnicodeScript.LATIN, "Indonesian", "Indonesian"),
    IRISH("gle", UnicodeScript.LATIN, null, "Irish"),
    ITALIAN("ita", UnicodeScript.LATIN, "Italian", "Italian"),
    JAPANESE("", UnicodeScript.HIRAGANA, "Japanese", "Japanese"),
    JAVANESE("jav", UnicodeScript.LATIN, "Javanese", null),
    KANNADA("", UnicodeScript.KANNADA, "Kannada", null),
    KAZAKH("kaz", UnicodeScript.CYRILLIC, null, "Kazakh"),
    KHMER("", UnicodeScript.KHMER, "Khmer", null),
    KOREAN("", UnicodeScript.HANGUL, "Korean", "Korean"),
    LATIN("lat", UnicodeScript.LATIN, "Latin", "Latin"),
    LATVIAN("lav lvs", UnicodeScript.LATIN, "Latvian", "Latvian"),
    LITHUANIAN("lit", UnicodeScript.LATIN, "Lithuanian", "Lithuanian"),
    MACEDONIAN("mkd", UnicodeScript.CYRILLIC, "Macedonian", "Macedonian"),
    MALAY("msa", UnicodeScript.LATIN, null, "Malay"),
    MALAYALAM("", UnicodeScript.MALAYALAM, "Malayalam", null),
    MAORI("mri", UnicodeScript.LATIN, null, "Maori"),
    MARATHI("mar", UnicodeScript.DEVANAGARI, "Marathi", "Marathi"),
    MONGOLIAN("mon", UnicodeScript.CYRILLIC, null, "Mongolian"),
    NEPALI("nep", UnicodeScript.DEVANAGARI, "Nepali", null),
    NYNORSK("nno", UnicodeScript.LATIN, null, "Nynorsk"),
    ORIYA("", UnicodeScript.ORIYA, "Oriya", null),
    PERSIAN("fas pes", UnicodeScript.ARABIC, "Persian", "Persian"),
    POLISH("pol", UnicodeScript.LATIN, "Polish", "Polish"),
    PORTUGUESE("por", UnicodeScript.LATIN, "Portuguese", "Portuguese"),
    PUNJABI("", UnicodeScript.GURMUKHI, "Punjabi", "Punjabi"),
    ROMANIAN("ron", UnicodeScript.LATIN, "Romanian", "Romanian"),
    RUSSIAN("rus", UnicodeScript.CYRILLIC, "Russian", "Russian"),
    SERBIAN("srp", UnicodeScript.CYRILLIC, "Serbian", "Serbian"),
    SINHALA("", UnicodeScript.SINHALA, "Sinhalese", null),
    SLOVAK("slk", UnicodeScript.LATIN, "Slovak", "Slovak"),
    SLOVENE("slv", UnicodeScript.LATIN, "Slovene", "Slovene"),
    SOMALI("som", UnicodeScript.LATIN, null, "Somali"),
    SPANISH("spa", UnicodeScript.LATIN, "Spanish", "Spanish"),
    SWAHILI("swa", UnicodeScript.LATIN, null, "Swahili"),
    SWEDISH("swe", UnicodeScript.LATIN, "Swedish", "Swedish"),
    TAGALOG("tgl", UnicodeScript.LATIN, "Tagalog", "Tagalog"),
    TAMIL("", UnicodeScript.TAMIL, "Tamil", "Tamil"),
    TELUGU("", UnicodeScript.TELUGU, "Telugu", "Telugu"),
    THAI("", UnicodeScript.THAI, "Thai", "Thai"),
    TURKISH("tur", UnicodeScript.LATIN, "Turkish", "Turkish"),
    UKRAINIAN("ukr", UnicodeScript.CYRILLIC, "Ukrainian", "Ukrainian"),
    URDU("urd", UnicodeScript.ARABIC, "Urdu", "Urdu"),
    UZBEK("uzb", UnicodeScript.LATIN, "Uzbek", null),
    VIETNAMESE("vie", UnicodeScript.LATIN, "Vietnamese", "Vietnamese"),
    WELSH("cym", UnicodeScript.LATIN, null, "Welsh"),
    ZULU("zul", UnicodeScript.LATIN, "Zulu", "Zulu");

    private final List<String> codes;
    private final UnicodeScript script;
    private final @Nullable String whatlang;
    private final @Nullable String lingua;

    /** @param codes of ISO 639-3 in the model, parted by blanks; none where no other language is written in the script */
    Language(String codes, UnicodeScript script, @Nullable String whatlang, @Nullable String lingua) {
        this.codes = codes.isEmpty() ? List.of() : Arrays.asList(codes.split(" "));
        this.script = script;
        this.whatlang = whatlang;
        this.lingua = lingua;
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
        return switch (kind) {
            case WHATLANG -> whatlang;
            case LINGUA -> lingua;
        };
    }
}
