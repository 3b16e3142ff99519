package dev.elanus.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import dev.elanus.error.Unsupported;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextAnalyzerTest {
    @Test
    void theStandardAnalyzerTakesRunsOfLettersAndDigitsInLowerCase() {
        assertThat(texts("", "The 2 QUICK Brown-Foxes dog's 32.3 éclair"))
                .containsExactly("the", "2", "quick", "brown", "foxes", "dog", "s", "32", "3", "éclair");
        assertThat(texts(
                        "{\"type\": \"standard\", \"stop_words\": [\"_english_\", \"quick\"]}",
                        "the quick fox is here"))
                .containsExactly("fox", "here");
    }

    @Test
    void theEnglishAnalyzerStemsAndDropsStopWords() {
        assertThat(texts("{\"type\": \"english\"}", "The foxes are running in the gardens"))
                .containsExactly("fox", "run", "garden");
    }

    @Test
    void theChineseAnalyzerFindsWordsAndDropsPunctuation() {
        assertThat(texts("{\"type\": \"chinese\"}", "我们在北京大学，学习数据库。"))
                .contains("我们", "学习")
                .doesNotContain("，", "。");
    }

    @Test
    void placesAreInBytesOfUtf8AndPositionsHaveGapsWhereFiltersDropTokens() {
        TextAnalyzer analyzer = TextAnalyzer.of(
                "{\"tokenizer\": \"whitespace\", \"filter\": [{\"type\": \"stop\", \"stop_words\": [\"ist\"]}]}");
        assertThat(analyzer.tokens("Käse ist 😀 gut"))
                .containsExactly(
                        new Token("Käse", 0, 5, 0, 1), new Token("😀", 10, 14, 2, 1), new Token("gut", 15, 18, 3, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lowercase | One TWO | one two",
                "asciifolding | éa ß | ea ss",
                "alphanumonly | a1 é b- | a1",
                "cncharonly | 中文 a中 b | 中文",
                "cnalphanumonly | 中文 a中 b- é | 中文 a中",
                "removepunct | a ... - b. | a b."
            })
    void eachFilterDoesWhatItsNameSays(String filter, String text, String expected) {
        assertThat(texts("{\"tokenizer\": \"whitespace\", \"filter\": [\"" + filter + "\"]}", text))
                .containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type': 'length', 'max': 3} | one three zwö | one",
                "{'type': 'stemmer', 'language': 'german'} | häuser | haus",
                "{'type': 'decompounder', 'word_list': ['dampf', 'schiff', 'fahrt']} | dampfschifffahrt boot dampfer | "
                        + "dampf schiff fahrt boot dampfer",
                "{'type': 'regex', 'expr': '^a'} | abc bca | abc",
                "{'type': 'stop', 'stop_words': ['b']} | a b c | a c"
            })
    void eachFilterWithParamsDoesWhatItsNameSays(String filter, String text, String expected) {
        String json = "{\"tokenizer\": \"whitespace\", \"filter\": [" + filter.replace('\'', '"') + "]}";
        assertThat(texts(json, text)).containsExactly(expected.split(" "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type': 'klingon'} | unknown build-in analyzer type: klingon",
                "{'filter': []} | tokenizer name or type must be set",
                "{'tokenizer': 'standard', 'filters': []} | unknown analyzer option key: filters",
                "{'tokenizer': 'standard', 'filter': 'lowercase'} | filter params should be array",
                "{'tokenizer': 'standard', 'filter': ['uppercase']} | build analyzer failed, filter not found :uppercase",
                "{'tokenizer': 'standard', 'filter': [{}]} | no type field in filter params",
                "{'tokenizer': 'standard', 'filter': [{'type': 'length'}]} | lenth max param was none or not uint",
                "{'tokenizer': 'standard', 'filter': [{'type': 'stemmer', 'language': 'klingon'}]} | unsupport language: klingon",
                "{'tokenizer': 'knife'} | unsupported tokenizer: knife",
                "{'tokenizer': 'char_group'} | char group tokenizer must be customized",
                "{'tokenizer': {'type': 'char_group'}} | char group tokenizer delimiters can't be empty",
                "{'tokenizer': {'type': 'char_group', 'delimiters': '-'}} | char group tokenizer delimiters must be a vector",
                "{'tokenizer': {'type': 'char_group', 'delimiters': [1]}} | char group tokenizer delimiter in delimiters must be string",
                "{'tokenizer': {'type': 'char_group', 'delimiters': ['vowel']}} | vowel not a char or name of build-in char group",
                "{'tokenizer': {'type': 'jieba', 'mode': 'full'}} | jieba tokenizer mode must be \"exact\" or \"search\"",
                "{'tokenizer': {'type': 'jieba', 'hmm': 1}} | jieba tokenizer mode must be boolean",
                "{'tokenizer': 'lindera'} | lindera tokenizer must be costum",
                "{'tokenizer': {'type': 'lindera'}} | lindera tokenizer dict_kind must be set",
                "{'tokenizer': {'type': 'lindera', 'dict_kind': 'oed'}} | unsupported lindera dict type: oed",
                "[1] | analyzer params should be a json map",
                "{ | analyzer params: JsonError"
            })
    void wrongParamsAreNamed(String json, String message) {
        assertThatThrownBy(() -> TextAnalyzer.of(json.replace('\'', '"')))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'type': 'lindera', 'dict_kind': 'unidic'} | tokenizer lindera: dict_kind unidic",
                "{'type': 'lindera', 'dict_kind': 'ipadic', 'filter': []} | lindera with the option filter=[]",
                "{'type': 'jieba', 'dict': ['word']} | jieba with the option dict=",
                "{'type': 'jieba', 'hmm': false} | jieba with the option hmm=false",
                "{'type': 'grpc'} | tokenizer grpc"
            })
    void whatMilvusHasAndWeHaveNotIsRefusedByName(String tokenizer, String message) {
        assertThatThrownBy(() -> TextAnalyzer.of("{\"tokenizer\": " + tokenizer.replace('\'', '"') + "}"))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining(message);
    }

    @Test
    void chineseTokensAreSpelledAsInTheText() {
        String exact = "{\"tokenizer\": {\"type\": \"jieba\", \"mode\": \"exact\"}}";
        assertThat(texts(exact, "学习Milvus。北京，２０")).containsExactly("学习", "Milvus", "。", "北京", "，", "２０");
        String longer = "学习。".repeat(2_000);
        assertThat(texts(exact, longer)).hasSize(4_000).containsOnly("学习", "。");
    }

    @Test
    void theModeForSearchesHasTheWordsWithinWordsAsWell() {
        String exact = "{\"tokenizer\": {\"type\": \"jieba\", \"mode\": \"exact\"}}";
        String search = "{\"tokenizer\": \"jieba\"}";
        assertThat(texts(exact, "共和国 milvus")).containsExactly("共和国", "milvus");
        assertThat(TextAnalyzer.of(search).tokens("共和国 milvus"))
                .containsExactly(
                        new Token("共和", 0, 6, 0, 1), new Token("共和国", 0, 9, 0, 1), new Token("milvus", 10, 16, 1, 1));
        assertThat(texts("{\"type\": \"chinese\"}", "共和国")).containsExactly("共和", "共和国");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'-','x' | a-bxc d | a;b;c d",
                "'whitespace' | a\u00a0b\tc-d | a;b;c-d",
                "'letter' | 1é2a3 | 1;2;3",
                "'digit' | a1b٣c | a;b٣c",
                "'punctuation','symbol' | a、b+c€d | a;b;c;d",
                "'ascii_whitespace' | a\u00a0b c | a\u00a0b;c",
                "'ascii_letter','ascii_digit' | éa1ü | é;ü",
                "'ascii_punctuation' | a+b、c~d | a;b、c;d"
            })
    void delimitersAreCharactersAndGroupsOfThem(String delimiters, String text, String expected) {
        String json =
                "{\"tokenizer\": {\"type\": \"char_group\", \"delimiters\": [" + delimiters.replace('\'', '"') + "]}}";
        assertThat(texts(json, text)).containsExactly(expected.split(";"));
    }

    @Test
    void linderasDictionariesAreThoseOfLucene() {
        assertThat(texts(
                        "{\"tokenizer\": {\"type\": \"lindera\", \"dict_kind\": \"ipadic\"}, \"filter\": [\"removepunct\"]}",
                        "君の名は。 東京スカイツリー"))
                .containsExactly("君", "の", "名", "は", "東京", "スカイ", "ツリー");
        assertThat(texts("{\"tokenizer\": {\"type\": \"lindera\", \"dict_kind\": \"ko-dic\"}}", "한국어를 배우다."))
                .containsExactly("한국어", "를", "배우", "다", ".");
    }

    @Test
    void listsOfStopWordsGoByTheirLanguages() {
        assertThat(texts(
                        "{\"type\": \"standard\", \"stop_words\": [\"_german_\", \"fuchs\"]}",
                        "der rote Fuchs und ich"))
                .containsExactly("rote");
        assertThat(texts(
                        "{\"tokenizer\": \"whitespace\", \"filter\": [{\"type\": \"stop\", \"stop_words\": [\"_turkish_\", \"_greek_\", \"_chinese_\"]}]}",
                        "ve ağaç και 。"))
                .containsExactly("ağaç");
        assertThatThrownBy(() -> TextAnalyzer.of("{\"type\": \"standard\", \"stop_words\": [\"_klingon_\"]}"))
                .isInstanceOf(Unsupported.class);
    }

    @Test
    void oneChainTakesOneTextAfterTheOther() {
        try (TextAnalyzer.Pass pass = TextAnalyzer.of("").pass()) {
            assertThat(pass.tokens("a b")).hasSize(2);
            assertThat(pass.tokens("")).isEmpty();
            assertThat(pass.tokens("c").getFirst().position()).isZero();
        }
    }

    @Test
    void termsAreNumberedAsMilvusDoes() {
        assertThat(new Token("milvus", 0, 6, 0, 1).term()).isEqualTo(CRC_OF_MILVUS);
    }

    /** By zlib. */
    private static final long CRC_OF_MILVUS = 725768567L;

    private static List<String> texts(String params, String text) {
        return TextAnalyzer.of(params).tokens(text).stream().map(Token::text).toList();
    }
}
