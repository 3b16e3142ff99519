package dev.elanus.builder;

import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Column;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.Geometries;
import dev.elanus.column.VectorColumn;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.schema.TimestampText;
import dev.elanus.search.OutputRows;
import dev.elanus.search.OutputRows.OutputColumn;
import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/**
 * A Parquet file of rows as Milvus imports them: one column a field; vectors of fractions are lists of float, the others bytes; JSON, shapes
 * and times are text, and so are the dynamic keys, under {@code $meta}; arrays are bytes as a column holds them.
 */
final class ParquetFile implements Closeable {
    private final ParquetWriter<Row> writer;

    private record Row(OutputRows rows, int number) {}

    ParquetFile(Path path, CollectionSchema schema) throws IOException {
        this.writer = new Builder(new LocalOutputFile(path), schemaOf(schema))
                .withConf(new PlainParquetConfiguration())
                .withCodecFactory(new ZstdPages())
                .withCompressionCodec(CompressionCodecName.ZSTD)
                .withRowGroupSize(64L << 20)
                .build();
    }

    void add(OutputRows rows) throws IOException {
        for (int row = 0; row < rows.rowCount(); row++) {
            writer.write(new Row(rows, row));
        }
    }

    /** Bytes so far, about. */
    long sizeBytes() {
        return writer.getDataSize();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }

    static MessageType schemaOf(CollectionSchema schema) {
        Types.MessageTypeBuilder message = Types.buildMessage();
        for (Field field : schema.fields()) {
            message.addField(typeOf(field));
        }
        return message.named("row");
    }

    private static Type typeOf(Field field) {
        Type.Repetition repetition = field.nullable() ? Type.Repetition.OPTIONAL : Type.Repetition.REQUIRED;
        String name = field.name();
        return switch (field.type()) {
            case BOOL -> Types.primitive(PrimitiveTypeName.BOOLEAN, repetition).named(name);
            case INT8 ->
                Types.primitive(PrimitiveTypeName.INT32, repetition)
                        .as(intType(8, true))
                        .named(name);
            case INT16 ->
                Types.primitive(PrimitiveTypeName.INT32, repetition)
                        .as(intType(16, true))
                        .named(name);
            case INT32 -> Types.primitive(PrimitiveTypeName.INT32, repetition).named(name);
            case INT64 -> Types.primitive(PrimitiveTypeName.INT64, repetition).named(name);
            case FLOAT -> Types.primitive(PrimitiveTypeName.FLOAT, repetition).named(name);
            case DOUBLE -> Types.primitive(PrimitiveTypeName.DOUBLE, repetition).named(name);
            case VARCHAR, JSON, GEOMETRY, TIMESTAMPTZ ->
                Types.primitive(PrimitiveTypeName.BINARY, repetition)
                        .as(stringType())
                        .named(name);
            case ARRAY, ARRAY_OF_VECTOR, BINARY_VECTOR, INT8_VECTOR, SPARSE_FLOAT_VECTOR ->
                Types.primitive(PrimitiveTypeName.BINARY, repetition).named(name);
            case FLOAT_VECTOR, FLOAT16_VECTOR, BFLOAT16_VECTOR ->
                Types.list(repetition).requiredElement(PrimitiveTypeName.FLOAT).named(name);
        };
    }

    private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
        private final MessageType type;

        Builder(OutputFile file, MessageType type) {
            super(file);
            this.type = type;
        }

        @Override
        protected Builder self() {
            return this;
        }

        /** Never called, but abstract. */
        @Override
        @Deprecated
        protected WriteSupport<Row> getWriteSupport(Configuration configuration) {
            return new Support(type);
        }

        @Override
        protected WriteSupport<Row> getWriteSupport(ParquetConfiguration configuration) {
            return new Support(type);
        }
    }

    private static final class Support extends WriteSupport<Row> {
        private final MessageType type;
        private RecordConsumer to;

        @SuppressWarnings("NullAway.Init")
        Support(MessageType type) {
            this.type = type;
        }

        /** Never called, but abstract. */
        @Override
        @Deprecated
        public WriteContext init(Configuration configuration) {
            return new WriteContext(type, Map.of());
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return new WriteContext(type, Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer consumer) {
            to = consumer;
        }

        @Override
        public void write(Row row) {
            to.startMessage();
            for (OutputColumn output : row.rows.columns()) {
                if (!output.column().isNull(row.number)) {
                    String name = output.field().name();
                    int index = type.getFieldIndex(name);
                    to.startField(name, index);
                    add(output.column(), row.number);
                    to.endField(name, index);
                }
            }
            to.endMessage();
        }

        private void add(Column column, int row) {
            switch (column) {
                case BytesColumn shapes
                when shapes.type() == DataType.GEOMETRY ->
                    to.addBinary(Binary.fromString(Geometries.wkt(shapes.bytesAt(row))));
                case BytesColumn texts -> to.addBinary(Binary.fromConstantByteArray(texts.bytesAt(row)));
                case FixedColumn fixed -> add(fixed, row);
                case VectorColumn codes
                when codes.type() == DataType.BINARY_VECTOR || codes.type() == DataType.INT8_VECTOR ->
                    to.addBinary(
                            Binary.fromConstantByteArray(codes.vectorAt(row).toArray(ValueLayout.JAVA_BYTE)));
                case VectorColumn vectors -> {
                    to.startGroup();
                    to.startField("list", 0);
                    for (float value : vectors.floatsAt(row)) {
                        to.startGroup();
                        to.startField("element", 0);
                        to.addFloat(value);
                        to.endField("element", 0);
                        to.endGroup();
                    }
                    to.endField("list", 0);
                    to.endGroup();
                }
            }
        }

        private void add(FixedColumn column, int row) {
            switch (column.type()) {
                case BOOL -> to.addBoolean(column.booleanAt(row));
                case INT8, INT16, INT32 -> to.addInteger((int) column.longAt(row));
                case INT64 -> to.addLong(column.longAt(row));
                case FLOAT -> to.addFloat((float) column.doubleAt(row));
                case DOUBLE -> to.addDouble(column.doubleAt(row));
                case TIMESTAMPTZ ->
                    to.addBinary(Binary.fromString(TimestampText.print(column.longAt(row), ZoneOffset.UTC)));
                case VARCHAR,
                        ARRAY,
                        JSON,
                        GEOMETRY,
                        BINARY_VECTOR,
                        FLOAT_VECTOR,
                        FLOAT16_VECTOR,
                        BFLOAT16_VECTOR,
                        SPARSE_FLOAT_VECTOR,
                        INT8_VECTOR -> throw new IllegalStateException("a fixed " + column.type());
            }
        }
    }
}
