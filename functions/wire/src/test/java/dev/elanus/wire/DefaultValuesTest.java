package dev.elanus.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import io.milvus.grpc.ValueField;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class DefaultValuesTest {
    private static Object decode(DataType type, ValueField.Builder value) {
        return DefaultValues.decode("f", type, value.build(), ZoneOffset.UTC);
    }

    @Test
    void aDefaultStandsInTheMemberOfItsType() {
        assertThat(decode(DataType.INT8, ValueField.newBuilder().setIntData(1))).isEqualTo(1L);
        assertThat(decode(DataType.FLOAT, ValueField.newBuilder().setFloatData(0.5F)))
                .isEqualTo(0.5);
        assertThatThrownBy(() -> decode(DataType.INT8, ValueField.newBuilder().setLongData(1)))
                .isInstanceOf(Invalid.class)
                .hasMessage("type (Int8) of field (f) is not equal to the type(DataType_Int64) of default_value");
        assertThatThrownBy(() -> decode(DataType.FLOAT, ValueField.newBuilder().setBoolData(false)))
                .hasMessage("type (Float) of field (f) is not equal to the type(DataType_Bool) of default_value");
        assertThatThrownBy(() -> decode(DataType.VARCHAR, ValueField.newBuilder()))
                .hasMessageStartingWith("type not support default_value");
    }
}
