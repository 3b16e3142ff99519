package dev.elanus.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.SchemaRules;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutputFieldsTest {
    private static final CollectionSchema SCHEMA = SchemaRules.complete(
            "c",
            new CollectionSchema(
                    "",
                    List.of(
                            Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false),
                            Field.vector(0, "v", 2),
                            Field.scalar(0, "j", DataType.JSON)),
                    true));

    private static OutputFields of(String name) {
        return OutputFields.resolve(SCHEMA, List.of(name), List.of());
    }

    @Test
    void aDynamicKeyMayBeNamedWithinItsField() {
        OutputFields hidden = of("$meta[\"id\"]");
        assertThat(hidden.names()).containsExactly("$meta[\"id\"]");
        assertThat(hidden.fields()).extracting(Field::name).containsExactly("$meta");
        assertThat(hidden.dynamicKeys()).containsExactly("id");
        assertThat(of("other").dynamicKeys()).containsExactly("other");
        assertThat(of("$meta").dynamicKeys()).isEmpty();
    }

    @Test
    void keysOfJsonAndDeeperOnesAreRefusedAsByMilvus() {
        assertThatThrownBy(() -> of("j[\"a\"]"))
                .isInstanceOf(Invalid.class)
                .hasMessageStartingWith("parse output field name failed: j[\"a\"]");
        assertThatThrownBy(() -> of("$meta[\"a\"][\"b\"]"))
                .isInstanceOf(Invalid.class)
                .hasMessageEndingWith("not support getting multiple level of dynamic field for now");
    }
}
