package dev.elanus.wire;

import com.google.protobuf.MessageOrBuilder;
import dev.elanus.error.Unsupported;
import java.util.TreeSet;

/**
 * What a newer client may say in a message that this protocol does not know. A read that left it aside would answer another question than the
 * one asked.
 */
final class Newer {
    private Newer() {}

    /** @throws Unsupported if the message has fields of a later protocol */
    static void refuse(MessageOrBuilder message) {
        if (!message.getUnknownFields().asMap().isEmpty()) {
            throw new Unsupported("fields "
                    + new TreeSet<>(message.getUnknownFields().asMap().keySet()) + " of "
                    + message.getDescriptorForType().getName() + " belong to a later version of the protocol");
        }
    }
}
