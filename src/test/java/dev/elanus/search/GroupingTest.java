package dev.elanus.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class GroupingTest {
    private static Grouping by(DataType type) {
        Field field = type == DataType.ARRAY
                ? Field.array(101, "f", DataType.INT32, 10, 0)
                : type.isDenseVector() ? Field.vector(101, "f", type, 8) : Field.scalar(101, "f", type);
        CollectionSchema schema = new CollectionSchema(
                "", List.of(Field.scalar(100, "id", DataType.INT64).asPrimaryKey(false), field), false);
        return Grouping.of(schema, Map.of("group_by_field", "f"));
    }

    @ParameterizedTest
    @EnumSource(names = {"BOOL", "INT8", "INT16", "INT32", "INT64", "VARCHAR", "TIMESTAMPTZ"})
    void whatIsEqualOrNotMakesGroups(DataType type) {
        assertThat(by(type).field().type()).isEqualTo(type);
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"BOOL", "INT8", "INT16", "INT32", "INT64", "VARCHAR", "TIMESTAMPTZ"})
    void everythingElseIsRefused(DataType type) {
        assertThatThrownBy(() -> by(type)).isInstanceOf(Invalid.class).hasMessageContaining("for group by operator");
    }
}
