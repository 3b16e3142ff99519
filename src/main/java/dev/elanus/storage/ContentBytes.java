package dev.elanus.storage;

import dev.elanus.column.Column;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.StandardOpenOption;

/** Moves an object's bytes between memory, files and streams without holding them in the heap. */
final class ContentBytes {
    private static final int STRIDE = 1 << 16;

    private ContentBytes() {}

    /** The content as memory; a file is mapped. */
    static MemorySegment mapped(Content content) throws IOException {
        return switch (content) {
            case Content.Memory(MemorySegment bytes) -> bytes;
            case Content.LocalFile(var path, long length) -> {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                    yield channel.map(MapMode.READ_ONLY, 0, length, Arena.ofAuto());
                }
            }
        };
    }

    /** Writes the content to where the channel stands. */
    static void write(Content content, FileChannel target) throws IOException {
        switch (content) {
            case Content.Memory(MemorySegment bytes) -> write(bytes, target);
            case Content.LocalFile(var path, long length) -> {
                try (FileChannel source = FileChannel.open(path, StandardOpenOption.READ)) {
                    for (long at = 0; at < length; ) {
                        long moved = source.transferTo(at, length - at, target);
                        if (moved <= 0) {
                            throw new EOFException(path + ": expected " + length + " bytes, found " + at);
                        }
                        at += moved;
                    }
                }
            }
        }
    }

    private static void write(MemorySegment bytes, FileChannel target) throws IOException {
        byte[] copy = new byte[bytes.isNative() ? 0 : (int) Math.min(STRIDE, bytes.byteSize())];
        for (long at = 0; at < bytes.byteSize(); ) {
            ByteBuffer part;
            if (bytes.isNative()) {
                part = bytes.asSlice(at, Math.min(1 << 26, bytes.byteSize() - at))
                        .asByteBuffer();
            } else {
                part = ByteBuffer.wrap(copy, 0, (int) Math.min(STRIDE, bytes.byteSize() - at));
                MemorySegment.copy(bytes, at, MemorySegment.ofArray(copy), 0, part.limit());
            }
            at += part.limit();
            while (part.hasRemaining()) {
                target.write(part);
            }
        }
    }

    /** Fills memory from a file, as far as the file goes; returns the bytes read. */
    static long read(FileChannel source, long offset, MemorySegment into) throws IOException {
        long done = 0;
        while (done < into.byteSize()) {
            ByteBuffer part = into.asSlice(done, Math.min(1 << 26, into.byteSize() - done))
                    .asByteBuffer();
            int read = source.read(part, offset + done);
            if (read < 0) {
                break;
            }
            done += read;
        }
        return done;
    }

    /** Native memory with exactly {@code length} bytes of a stream. */
    static MemorySegment read(InputStream source, long length) throws IOException {
        MemorySegment bytes = Column.allocate(length);
        byte[] copy = new byte[(int) Math.min(STRIDE, length)];
        for (long at = 0; at < length; ) {
            int read = source.read(copy, 0, (int) Math.min(copy.length, length - at));
            if (read < 0) {
                throw new EOFException("expected " + length + " bytes, found " + at);
            }
            MemorySegment.copy(copy, 0, bytes, ValueLayout.JAVA_BYTE, at, read);
            at += read;
        }
        return bytes;
    }

    /** Memory as a stream, for libraries that know no other. */
    static InputStream stream(MemorySegment bytes) {
        return new InputStream() {
            private long at;

            @Override
            public int read() {
                return at == bytes.byteSize() ? -1 : bytes.get(ValueLayout.JAVA_BYTE, at++) & 0xff;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                if (length > 0 && at == bytes.byteSize()) {
                    return -1;
                }
                int count = (int) Math.min(length, bytes.byteSize() - at);
                MemorySegment.copy(bytes, at, MemorySegment.ofArray(target), offset, count);
                at += count;
                return count;
            }

            @Override
            public int available() {
                return (int) Math.min(Integer.MAX_VALUE, bytes.byteSize() - at);
            }
        };
    }
}
