package dev.elanus.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.analysis.LanguageIdentifier.Kind;
import dev.elanus.error.Invalid;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageTokenizerTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "English | English | The Lord of the Rings",
                "English | English | THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG",
                "Japanese | Japanese | 千と千尋の神隠し",
                "Japanese | Japanese | スカイツリー",
                "Mandarin | Chinese | 测试中文文本",
                "Korean | Korean | 안녕하세요",
                "German | German | Der schnelle braune Fuchs springt über den faulen Hund",
                "French | French | Bonjour, comment ça va?",
                "Spanish | Spanish | Buenos días, ¿cómo estás?",
                "Russian | Russian | Съешь же ещё этих мягких французских булок",
                "Greek | Greek | Καλημέρα κόσμε",
                "Amharic | default | ሰላም ልዑል",
                "default | default | 123 ... 4",
                "default | default | ''"
            })
    void languagesHaveTheNamesOfTheIdentifiers(String whatlang, String lingua, String text) {
        assertThat(new LanguageIdentifier(Kind.WHATLANG, 0).identify(text)).isEqualTo(whatlang);
        assertThat(new LanguageIdentifier(Kind.LINGUA, 0).identify(text)).isEqualTo(lingua);
    }

    @Test
    void aTextThatIsNotSureEnoughIsOfNoLanguage() {
        String likely = "hello world";
        assertThat(new LanguageIdentifier(Kind.WHATLANG, 0).identify(likely)).isEqualTo("English");
        assertThat(new LanguageIdentifier(Kind.WHATLANG, 0.9).identify(likely)).isEqualTo("default");
        assertThat(new LanguageIdentifier(Kind.WHATLANG, 0.9).identify("This is plainly English, one should think."))
                .isEqualTo("English");
        assertThat(new LanguageIdentifier(Kind.WHATLANG, 1).identify("안녕하세요")).isEqualTo("default");
    }

    @Test
    void eachTextIsCutByTheAnalyzerOfItsLanguage() {
        TextAnalyzer analyzer = of("""
                {"tokenizer": {"type": "language_identifier", "identifier": "lingua",
                  "analyzers": {"default": {"tokenizer": "whitespace"}, "en": {"type": "english"},
                    "Japanese": {"tokenizer": {"type": "lindera", "dict_kind": "ipadic"}, "filter": ["removepunct"]}},
                  "mapping": {"English": "en", "French": "lost"}},
                 "filter": ["lowercase"]}""");
        try (TextAnalyzer.Pass pass = analyzer.pass()) {
            assertThat(texts(pass, "The Lords of the Rings are running")).containsExactly("lord", "ring", "run");
            assertThat(texts(pass, "君の名は。")).containsExactly("君", "の", "名", "は");
            assertThat(texts(pass, "")).isEmpty();
            // By the default: of no analyzer's language, and mapped to none that there is.
            assertThat(texts(pass, "Ваши-Слова 1")).containsExactly("ваши-слова", "1");
            assertThat(texts(pass, "Bonjour, comment ça va?")).containsExactly("bonjour,", "comment", "ça", "va?");
            assertThat(pass.tokens("Die Größe der Rings")).last().isEqualTo(new Token("rings", 16, 21, 3, 1));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | analyzers must be set",
                "{'analyzers': 1} | analyzers must be dict",
                "{'analyzers': {'default': 1}} | sub analyzer \"default\" params must be dict",
                "{'analyzers': {'English': {}}} | default sub analyzer for language identifier analyzer must be set",
                "{'analyzers': {'default': {'type': 'klingon'}}} | unknown build-in analyzer type: klingon",
                "{'analyzers': {'default': {}}, 'mapping': {'English': 1}} | mapping must be dict of strings",
                "{'analyzers': {'default': {}}, 'identifier': 'oracle'} | unknown identifier name: oracle",
                "{'analyzers': {'default': {}}, 'identifier': {}} | identifier type must be set",
                "{'analyzers': {'default': {}}, 'identifier': {'type': 'whatlang', 'confidence': 'high'}} | confidence must be float"
            })
    void wrongOptionsAreNamed(String options, String message) {
        String rest = options.equals("{}") ? "}" : ", " + options.substring(1);
        String json = ("{'tokenizer': {'type': 'language_identifier'" + rest + "}").replace('\'', '"');
        assertThatThrownBy(() -> TextAnalyzer.of(json))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(message);
    }

    private static TextAnalyzer of(String json) {
        return TextAnalyzer.of(json);
    }

    private static List<String> texts(TextAnalyzer.Pass pass, String text) {
        return pass.tokens(text).stream().map(Token::text).toList();
    }
}
