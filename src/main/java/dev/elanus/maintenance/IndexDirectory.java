package dev.elanus.maintenance;

import dev.elanus.column.Column;
import dev.elanus.error.Corrupt;
import dev.elanus.index.IndexExtent;
import dev.elanus.manifest.IndexDefinition;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Says what an index is to whoever finds its object alone: head offset and length (8 + 8), then kind and metric as text.
 *
 * @param name kind and metric
 */
record IndexDirectory(long headOffset, long length, String name) {
    private static final int HEADER_BYTES = 16;

    static IndexDirectory of(IndexDefinition index, IndexExtent extent) {
        return new IndexDirectory(
                extent.headOffset(), extent.length(), index.spec().description());
    }

    MemorySegment encode() {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        MemorySegment directory = Column.allocate(HEADER_BYTES + text.length);
        directory.set(Column.LONG_LE, 0, headOffset);
        directory.set(Column.LONG_LE, 8, length);
        MemorySegment.copy(text, 0, directory, ValueLayout.JAVA_BYTE, HEADER_BYTES, text.length);
        return directory;
    }

    /** @throws Corrupt if the bytes are too few */
    static IndexDirectory decode(MemorySegment bytes) {
        if (bytes.byteSize() < HEADER_BYTES) {
            throw new Corrupt(
                    "index directory: expected " + HEADER_BYTES + " bytes or more, found " + bytes.byteSize());
        }
        byte[] text = bytes.asSlice(HEADER_BYTES).toArray(ValueLayout.JAVA_BYTE);
        return new IndexDirectory(
                bytes.get(Column.LONG_LE, 0), bytes.get(Column.LONG_LE, 8), new String(text, StandardCharsets.UTF_8));
    }
}
