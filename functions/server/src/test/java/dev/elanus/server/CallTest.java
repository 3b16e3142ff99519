package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CallTest {
    private static Call of(String function) {
        return new Call("grpc", function, "", Duration.ofSeconds(1));
    }

    @Test
    void aNameThatNoCollectionCanHaveIsRefusedWhereMilvusLooksAtIt() {
        assertThatThrownBy(() -> of("HasPartition").collection("", "12 s"))
                .isInstanceOf(Invalid.class)
                .hasMessage("Invalid collection name: 12 s. the first character of a collection name must be an"
                        + " underscore or letter");
        assertThatThrownBy(() -> of("Query").collection("", "a".repeat(256)))
                .isInstanceOf(Invalid.class)
                .hasMessageEndingWith("the length of a collection name must be less than 255 characters");
        assertThatThrownBy(() -> of("Insert").collection("", ""))
                .isInstanceOf(Invalid.class)
                .hasMessage("collection name should not be empty");
    }

    @Test
    void othersPassItOnToBeNotFound() {
        assertThat(of("Search").collection("", "12 s").name()).isEqualTo("12 s");
    }
}
