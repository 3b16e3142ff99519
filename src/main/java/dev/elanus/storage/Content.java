package dev.elanus.storage;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/** The bytes of an object that is to be written. */
public sealed interface Content {
    /** Bytes. */
    long length();

    /** Bytes in memory, mapped or not. They must not change until the call that writes them has returned. */
    record Memory(MemorySegment bytes) implements Content {
        @Override
        public long length() {
            return bytes.byteSize();
        }
    }

    /** A whole local file. It must not change until the call that writes it has returned. */
    record LocalFile(Path path, long length) implements Content {}

    static Content of(byte[] bytes) {
        return new Memory(MemorySegment.ofArray(bytes));
    }
}
