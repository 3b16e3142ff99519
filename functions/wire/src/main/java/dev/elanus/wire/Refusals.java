package dev.elanus.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.milvus.grpc.Status;

/** An answer of any type that carries nothing but a status. */
public final class Refusals {
    private Refusals() {}

    /**
     * The status itself where a call answers with one, or else an empty answer around it. A single message named {@code results} is set too,
     * because clients look into it without asking.
     *
     * @param answer any message of the answer's type
     */
    public static Message of(Message answer, Status status) {
        Descriptor type = answer.getDescriptorForType();
        if (type.getFullName().equals(Status.getDescriptor().getFullName())) {
            return status;
        }
        Message.Builder builder = answer.newBuilderForType();
        FieldDescriptor results = type.findFieldByName("results");
        if (results != null && !results.isRepeated() && results.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            builder.setField(results, builder.newBuilderForField(results).build());
        }
        FieldDescriptor field = type.findFieldByName("status");
        return field == null ? builder.build() : builder.setField(field, status).build();
    }
}
