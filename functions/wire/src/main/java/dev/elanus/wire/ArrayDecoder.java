package dev.elanus.wire;

import dev.elanus.column.ArrayRow;
import dev.elanus.engine.ArrayRules;
import dev.elanus.engine.RowRules;
import dev.elanus.error.Invalid;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import io.milvus.grpc.ScalarField;

/** One row of an Array column of a message. Messages need not name the elements' type: the schema knows it. */
final class ArrayDecoder {
    private ArrayDecoder() {}

    static byte[] decode(Field field, int row, ScalarField values) {
        DataType element = field.elementType();
        checkKind(element, values);
        return switch (element) {
            case BOOL -> {
                long[] bits = new long[count(field, row, values.getBoolData().getDataCount())];
                for (int i = 0; i < bits.length; i++) {
                    bits[i] = values.getBoolData().getData(i) ? 1 : 0;
                }
                yield ArrayRow.ofLongs(element, bits);
            }
            case INT8, INT16, INT32 -> {
                long[] numbers = new long[count(field, row, values.getIntData().getDataCount())];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] =
                            RowRules.checkRange(field, i, values.getIntData().getData(i));
                }
                yield ArrayRow.ofLongs(element, numbers);
            }
            case INT64 -> {
                long[] numbers = new long[count(field, row, values.getLongData().getDataCount())];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = values.getLongData().getData(i);
                }
                yield ArrayRow.ofLongs(element, numbers);
            }
            case FLOAT -> {
                double[] numbers =
                        new double[count(field, row, values.getFloatData().getDataCount())];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = values.getFloatData().getData(i);
                }
                yield ArrayRow.ofDoubles(element, numbers);
            }
            case DOUBLE -> {
                double[] numbers =
                        new double[count(field, row, values.getDoubleData().getDataCount())];
                for (int i = 0; i < numbers.length; i++) {
                    numbers[i] = values.getDoubleData().getData(i);
                }
                yield ArrayRow.ofDoubles(element, numbers);
            }
            default -> {
                byte[][] texts =
                        new byte[count(field, row, values.getStringData().getDataCount())][];
                for (int i = 0; i < texts.length; i++) {
                    texts[i] = values.getStringData().getDataBytes(i).toByteArray();
                    ArrayRules.checkLength(field, row, i, texts[i].length);
                }
                yield ArrayRow.ofTexts(texts);
            }
        };
    }

    private static int count(Field field, int row, int count) {
        ArrayRules.checkCapacity(field, row, count);
        return count;
    }

    private static void checkKind(DataType element, ScalarField values) {
        ScalarField.DataCase expected = ColumnDecoder.payload(element);
        String name = switch (expected) {
            case BOOL_DATA -> "bool array";
            case INT_DATA -> "int array";
            case LONG_DATA -> "int64 array";
            case FLOAT_DATA -> "float array";
            case DOUBLE_DATA -> "double array";
            default -> "string array";
        };
        if (values.getDataCase() == ScalarField.DataCase.DATA_NOT_SET) {
            throw Invalid.of("insert data does not match", name, "nil array");
        }
        if (values.getDataCase() != expected) {
            throw Invalid.of("insert data does not match", name, values.getDataCase() + " array");
        }
    }
}
