package dev.elanus.column;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValuesTest {
    @ParameterizedTest
    @EnumSource(
            value = DataType.class,
            names = {"BOOL", "INT8", "INT16", "INT32", "INT64"})
    void wholeElementsComeBack(DataType element) {
        Field field = Field.array(1, "a", element, 10, 0);
        Column column = ColumnBuilder.of(field, 0)
                .add(ArrayRow.ofLongs(element, new long[] {1, 0, 1}))
                .addNull()
                .add(ArrayRow.ofLongs(element, new long[0]))
                .add(ArrayRow.ofLongs(element, new long[] {0, 1}))
                .build();
        ArrayReader arrays = ArrayReader.of(field, column);
        assertThat(new int[] {arrays.count(0), arrays.count(1), arrays.count(2), arrays.count(3)})
                .containsExactly(3, 0, 0, 2);
        assertThat(arrays.isNull(1)).isTrue();
        assertThat(arrays.longAt(0, 2)).isEqualTo(1);
        assertThat(arrays.longAt(3, 0)).isZero();
        assertThat(arrays.booleanAt(3, 1)).isTrue();
    }

    @Test
    void fractionsAndTextsComeBack() {
        Field floats = Field.array(1, "f", DataType.FLOAT, 10, 0);
        Field texts = Field.array(2, "t", DataType.VARCHAR, 10, 20);
        ArrayReader numbers = ArrayReader.of(
                floats,
                ColumnBuilder.of(floats, 0)
                        .add(ArrayRow.ofDoubles(DataType.FLOAT, new double[] {0.5, -2}))
                        .build());
        assertThat(numbers.doubleAt(0, 1)).isEqualTo(-2);
        ArrayReader words = ArrayReader.of(
                texts,
                ColumnBuilder.of(texts, 0)
                        .add(ArrayRow.ofTexts(List.of("x")))
                        .add(ArrayRow.ofTexts(List.of("", "größer", "z")))
                        .build());
        assertThat(words.count(1)).isEqualTo(3);
        assertThat(words.textAt(1, 0)).isEmpty();
        assertThat(words.textAt(1, 1)).isEqualTo("größer");
        assertThat(words.textAt(1, 2)).isEqualTo("z");
        assertThat(words.textAt(0, 0)).isEqualTo("x");
    }

    @Test
    void halvesAreRoundedToTheNearestEven() {
        MemorySegment bytes = Column.allocate(8);
        float[] given = {1f, 1.00390625f, 3.140625f, Float.NaN};
        VectorElements.write(DataType.BFLOAT16_VECTOR, given, bytes, 0);
        float[] read = new float[4];
        VectorElements.read(DataType.BFLOAT16_VECTOR, bytes, 0, read);
        assertThat(read).containsExactly(1f, 1f, 3.140625f, Float.NaN);
        VectorElements.write(DataType.FLOAT16_VECTOR, given, bytes, 0);
        VectorElements.read(DataType.FLOAT16_VECTOR, bytes, 0, read);
        assertThat(read).containsExactly(1f, 1.00390625f, 3.140625f, Float.NaN);
    }

    @Test
    void bitsAreReadFromTheHighestOfAByte() {
        float[] bits = new float[16];
        VectorElements.read(DataType.BINARY_VECTOR, MemorySegment.ofArray(new byte[] {(byte) 0x80, 1}), 0, bits);
        assertThat(bits[0] + bits[15]).isEqualTo(2f);
        assertThat(bits[1] + bits[8]).isZero();
    }

    @Test
    void sparseRowsWithoutACommonIndexHaveNoProduct() {
        MemorySegment a = MemorySegment.ofArray(SparseRow.of(new int[] {1, 5, -2}, new float[] {1, 2, 3}));
        byte[] b = SparseRow.of(new int[] {5, 7, -2}, new float[] {10, 1, 0.5f});
        byte[] c = SparseRow.of(new int[] {2}, new float[] {1});
        assertThat(SparseRow.innerProduct(a, MemorySegment.ofArray(b), 0, b.length))
                .isEqualTo(21.5f);
        assertThat(SparseRow.innerProduct(a, MemorySegment.ofArray(c), 0, c.length))
                .isNaN();
        assertThat(SparseRow.indexAt(a, 16)).isEqualTo((1L << 32) - 2);
    }

    @Test
    void shapesComeBackAsText() {
        assertThat(Geometries.wkt(Geometries.wkb("POINT(30.123 -10.5)"))).isEqualTo("POINT (30.123 -10.5)");
        assertThatThrownBy(() -> Geometries.wkb("POINT(30)"))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("invalid Geometry data, transform to wkb failed: ");
        assertThatThrownBy(() -> Geometries.read(new byte[] {1, 2, 3})).isInstanceOf(Invalid.class);
        for (int depth : new int[] {40, 100_000}) {
            String nested = "GEOMETRYCOLLECTION(".repeat(depth) + "POINT(1 1)" + ")".repeat(depth);
            assertThatThrownBy(() -> Geometries.wkb(nested))
                    .isInstanceOf(Invalid.class)
                    .hasMessageContaining("expected collections in at most 32 others");
        }
    }

    @Test
    void aColumnGrowsPastWhatWasExpected() {
        Field field = Field.vector(1, "v", 2);
        ColumnBuilder given = ColumnBuilder.of(field, 0);
        for (int row = 0; row < 100; row++) {
            given.add(new float[] {row, -row});
        }
        VectorColumn vectors = (VectorColumn) given.build();
        ColumnBuilder copied = ColumnBuilder.of(field, 0);
        for (int row = 0; row < 100; row++) {
            copied.add(vectors, 99 - row);
        }
        assertThat(vectors.floatsAt(99)).containsExactly(99, -99);
        assertThat(((VectorColumn) copied.build()).floatsAt(99)).containsExactly(0, 0);
        assertThat(((VectorColumn) copied.build()).floatsAt(1)).containsExactly(98, -98);
    }
}
