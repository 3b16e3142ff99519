package dev.elanus.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikePatternTest {
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "`abc` | `abc` | true",
                "`abc` | `abcd` | false",
                "`abc%` | `abcd` | true",
                "`%cd` | `abcd` | true",
                "`%bc%` | `abcd` | true",
                "`a%d` | `ad` | true",
                "`a%b%c` | `axbxbc` | true",
                "`a%b%c` | `axbxbd` | false",
                "`_` | `é` | true",
                "`__` | `é` | false",
                "`_b` | `𝛼b` | true",
                "`%` | `` | true",
                "`_%` | `` | false",
                "`` | `` | true",
                "`` | `a` | false",
                "`100\\%` | `100%` | true",
                "`100\\%` | `1000` | false",
                "`a\\_b` | `axb` | false",
                "`a\\_b` | `a_b` | true",
                "`a\\\\b` | `a\\b` | true",
                "`%%a%%` | `bab` | true",
                "`ABC` | `abc` | false",
            })
    void aPatternMatchesWholeTexts(String pattern, String text, boolean matches) {
        assertThat(LikePattern.parse(pattern).matches(text)).isEqualTo(matches);
    }

    @Test
    void wildcardsMatchLineBreaksToo() {
        assertThat(LikePattern.parse("a_b%").matches("a\nb\n\n")).isTrue();
    }

    @Test
    void manyRunsDoNotExplode() {
        assertThat(LikePattern.parse("%a".repeat(200) + "%b").matches("a".repeat(5000)))
                .isFalse();
    }
}
