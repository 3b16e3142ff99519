package dev.elanus.index;

import dev.elanus.column.Column;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Keeps what is written. */
public final class MemoryOutput implements IndexOutput {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Override
    public long position() {
        return written.size();
    }

    @Override
    public void write(MemorySegment bytes) {
        written.writeBytes(bytes.toArray(ValueLayout.JAVA_BYTE));
    }

    @Override
    public void align(int alignment) {
        while (written.size() % alignment != 0) {
            written.write(0);
        }
    }

    public MemorySegment bytes() {
        MemorySegment bytes = Column.allocate(written.size());
        bytes.copyFrom(MemorySegment.ofArray(written.toByteArray()));
        return bytes;
    }
}
