package dev.elanus.wire;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.milvus.grpc.CommonProto;

/**
 * The messages of Milvus 3.0's snapshot calls, which the protocol of 2.6 lacks: the fields that are read or written here, under Milvus's
 * numbers.
 */
public final class SnapshotMessages {
    private static final String STATUS = ".milvus.proto.common.Status";

    private final FileDescriptor file;

    public SnapshotMessages() {
        FileDescriptorProto.Builder proto = FileDescriptorProto.newBuilder()
                .setName("elanus/snapshots.proto")
                .setPackage("milvus.proto.milvus")
                .setSyntax("proto3")
                .addDependency(CommonProto.getDescriptor().getFullName());
        proto.addMessageType(message("CreateSnapshotRequest")
                .addField(text("name", 2))
                .addField(text("description", 3))
                .addField(text("db_name", 4))
                .addField(text("collection_name", 5))
                .addField(number("compaction_protection_seconds", 6)));
        for (String name : new String[] {"DropSnapshotRequest", "DescribeSnapshotRequest"}) {
            proto.addMessageType(message(name)
                    .addField(text("name", 2))
                    .addField(text("db_name", 3))
                    .addField(text("collection_name", 4)));
        }
        proto.addMessageType(
                message("ListSnapshotsRequest").addField(text("db_name", 2)).addField(text("collection_name", 3)));
        proto.addMessageType(message("ListSnapshotsResponse")
                .addField(status())
                .addField(text("snapshots", 2).setLabel(Label.LABEL_REPEATED)));
        proto.addMessageType(message("DescribeSnapshotResponse")
                .addField(status())
                .addField(text("name", 2))
                .addField(text("description", 3))
                .addField(text("collection_name", 4))
                .addField(text("partition_names", 5).setLabel(Label.LABEL_REPEATED))
                .addField(number("create_ts", 6)));
        proto.addMessageType(message("RestoreSnapshotRequest")
                .addField(text("name", 2))
                .addField(text("db_name", 3))
                .addField(text("collection_name", 4))
                .addField(field("rewrite_data", 5, Type.TYPE_BOOL))
                .addField(text("target_db_name", 6))
                .addField(text("target_collection_name", 7)));
        proto.addMessageType(
                message("RestoreSnapshotResponse").addField(status()).addField(number("job_id", 2)));
        proto.addMessageType(message("GetRestoreSnapshotStateRequest").addField(number("job_id", 2)));
        proto.addMessageType(message("RestoreSnapshotInfo")
                .addField(number("job_id", 1))
                .addField(text("db_name", 3))
                .addField(text("collection_name", 4))
                .addField(field("state", 5, Type.TYPE_INT32))
                .addField(field("progress", 6, Type.TYPE_INT32)));
        proto.addMessageType(message("GetRestoreSnapshotStateResponse")
                .addField(status())
                .addField(field("info", 2, Type.TYPE_MESSAGE).setTypeName(".milvus.proto.milvus.RestoreSnapshotInfo")));
        try {
            this.file = FileDescriptor.buildFrom(proto.build(), new FileDescriptor[] {CommonProto.getDescriptor()});
        } catch (DescriptorValidationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An empty message of a type. */
    public DynamicMessage empty(String type) {
        return DynamicMessage.getDefaultInstance(descriptor(type));
    }

    /** A successful answer of a type, to be filled. */
    public DynamicMessage.Builder answer(String type) {
        Descriptor descriptor = descriptor(type);
        return DynamicMessage.newBuilder(descriptor).setField(descriptor.findFieldByName("status"), Statuses.success());
    }

    /** A text of a message. */
    public static String text(DynamicMessage message, String field) {
        return (String) message.getField(fieldOf(message.getDescriptorForType(), field));
    }

    /** A number of a message. */
    public static long number(DynamicMessage message, String field) {
        return ((Number) message.getField(fieldOf(message.getDescriptorForType(), field))).longValue();
    }

    /** A flag of a message. */
    public static boolean flag(DynamicMessage message, String field) {
        return (Boolean) message.getField(fieldOf(message.getDescriptorForType(), field));
    }

    /** Sets a field of an answer. */
    public static void set(DynamicMessage.Builder answer, String field, Object value) {
        answer.setField(fieldOf(answer.getDescriptorForType(), field), value);
    }

    private Descriptor descriptor(String type) {
        return file.findMessageTypeByName(type);
    }

    private static FieldDescriptor fieldOf(Descriptor type, String field) {
        return type.findFieldByName(field);
    }

    private static DescriptorProto.Builder message(String name) {
        return DescriptorProto.newBuilder().setName(name);
    }

    private static FieldDescriptorProto.Builder text(String name, int number) {
        return field(name, number, Type.TYPE_STRING);
    }

    private static FieldDescriptorProto.Builder number(String name, int number) {
        return field(name, number, Type.TYPE_INT64);
    }

    private static FieldDescriptorProto.Builder status() {
        return field("status", 1, Type.TYPE_MESSAGE).setTypeName(STATUS);
    }

    private static FieldDescriptorProto.Builder field(String name, int number, Type type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setType(type)
                .setLabel(Label.LABEL_OPTIONAL);
    }
}
