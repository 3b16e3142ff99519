package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void withoutArgumentsItServesAFolderHereOnMilvusPorts() throws Exception {
        assertThat(Options.parse())
                .isEqualTo(new Options(false, false, "elanus-data", "", 19_530, 9091, new TreeMap<>()));
    }

    @Test
    void valuesFollowTheirOptionOrAnEqualsSign() throws Exception {
        assertThat(Options.parse("serve", "--store", "s3://b/p", "--port=1", "--management-port", "2"))
                .isEqualTo(new Options(false, false, "s3://b/p", "", 1, 2, new TreeMap<>()));
        assertThat(Options.parse("demo", "--exit").exit()).isTrue();
    }

    @Test
    void settingsOfS3AreHandedOnUnderTheirNames() throws Exception {
        assertThat(Options.parse("--s3-endpoint", "http://h:1", "--s3-path-style=false", "--s3-encryption", "kms:k")
                        .settings())
                .isEqualTo(new TreeMap<>(Map.of(
                        "elanus.s3.endpoint", "http://h:1",
                        "elanus.s3.path-style", "false",
                        "elanus.s3.encryption", "kms:k")));
        refused("--s3-path-style: expected true or false, found 'yes'", "--s3-path-style", "yes");
    }

    @Test
    void theShareOfRepeatedSearchesIsHandedOn() throws Exception {
        assertThat(Options.parse("--recall-share", "0.25").settings()).containsEntry("elanus.recall-share", "0.25");
        refused("--recall-share: expected a share from 0 to 1, found '2'", "--recall-share", "2");
        refused("--recall-share: expected a share from 0 to 1, found 'all'", "--recall-share", "all");
    }

    @Test
    void mistakesAreNamedWithWhatIsRight() {
        refused("unknown verb 'dmo': expected serve or demo", "dmo");
        refused("unknown option '--stroe'", "serve", "--stroe", "x");
        refused("--store needs a value", "serve", "--store");
        refused("--store needs a value", "serve", "--store", "--port");
        refused("--port: expected a port from 0 to 65535, found '70000'", "--port", "70000");
        refused("--exit belongs to the demo", "serve", "--exit");
    }

    private static void refused(String text, String... arguments) {
        assertThatThrownBy(() -> Options.parse(arguments)).hasMessageContaining(text);
    }
}
