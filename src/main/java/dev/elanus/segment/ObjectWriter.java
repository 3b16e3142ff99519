package dev.elanus.segment;

import dev.elanus.column.Column;
import dev.elanus.error.Unavailable;
import dev.elanus.index.IndexOutput;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Writes an object of a segment to a local file, from its first byte to its last: the body through {@link IndexOutput}, then, by
 * {@link #finish}, the tail. The checksum of each block is taken as its bytes pass. The file belongs to the caller, who also deletes it.
 * Every method throws {@link Unavailable} if the file cannot be written, for example because the disk is full. For one thread.
 */
public final class ObjectWriter implements IndexOutput, AutoCloseable {
    private static final int ALIGNMENT = 64;
    private static final int BUFFER_BYTES = 1 << 18;
    /** The JDK copies nothing for native memory, but a single write is kept short enough to be interrupted. */
    private static final long STRAIGHT_BYTES = 1 << 26;

    private final Path file;
    private final FileChannel channel;
    private final MemorySegment buffer = Column.allocate(BUFFER_BYTES);
    private final CRC32C blockSum = new CRC32C();
    private int buffered;
    private long position;
    private int[] sums = new int[64];
    private int blocks;

    /** Creates the file, or empties the one that is there. */
    public ObjectWriter(Path file) {
        this.file = file;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    static long padded(long length) {
        return (length + ALIGNMENT - 1) & -ALIGNMENT;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public void write(MemorySegment bytes) {
        if (bytes.isNative() && bytes.byteSize() >= BUFFER_BYTES) {
            flush();
            sum(bytes);
            writeFully(bytes);
            return;
        }
        for (long at = 0; at < bytes.byteSize(); ) {
            if (buffered == BUFFER_BYTES) {
                flush();
            }
            long length = Math.min(bytes.byteSize() - at, BUFFER_BYTES - buffered);
            MemorySegment.copy(bytes, at, buffer, buffered, length);
            sum(buffer.asSlice(buffered, length));
            buffered += (int) length;
            at += length;
        }
    }

    @Override
    public void align(int alignment) {
        assert Integer.bitCount(alignment) == 1;
        long missing = -position & (alignment - 1);
        write(MemorySegment.ofArray(new byte[(int) missing]));
    }

    /**
     * Pads the body, writes the tail and closes the file.
     *
     * @param directory bytes that {@link ObjectTail#directory} will give back
     */
    public ObjectTail.Extent finish(ObjectKind kind, MemorySegment directory) {
        long bodyLength = position;
        align(ALIGNMENT);
        if (position % BlockChecksums.BLOCK_BYTES != 0) {
            endBlock();
        }
        long tailOffset = position;
        MemorySegment tail = Column.allocate(directory.byteSize() + (long) blocks * Integer.BYTES);
        MemorySegment.copy(directory, 0, tail, 0, directory.byteSize());
        MemorySegment.copy(sums, 0, tail, Column.INT_LE, directory.byteSize(), blocks);
        ObjectFooter footer = new ObjectFooter(
                bodyLength, tailOffset, Math.toIntExact(directory.byteSize()), blocks, kind, Checksum.of(tail));
        flush();
        writeFully(tail);
        writeFully(footer.encode());
        close();
        return new ObjectTail.Extent(tailOffset + footer.tailLength(), tailOffset);
    }

    /** Closes the file; without {@link #finish} before it, what was written is no object. Closing twice is harmless. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    private void sum(MemorySegment bytes) {
        for (long at = 0; at < bytes.byteSize(); ) {
            long left = BlockChecksums.BLOCK_BYTES - position % BlockChecksums.BLOCK_BYTES;
            long length = Math.min(left, bytes.byteSize() - at);
            Checksum.update(blockSum, bytes.asSlice(at, length));
            at += length;
            position += length;
            if (length == left) {
                endBlock();
            }
        }
    }

    private void endBlock() {
        if (blocks == sums.length) {
            sums = Arrays.copyOf(sums, 2 * blocks);
        }
        sums[blocks++] = (int) blockSum.getValue();
        blockSum.reset();
    }

    private void flush() {
        writeFully(buffer.asSlice(0, buffered));
        buffered = 0;
    }

    private void writeFully(MemorySegment bytes) {
        try {
            for (long at = 0; at < bytes.byteSize(); at += STRAIGHT_BYTES) {
                ByteBuffer part = bytes.asSlice(at, Math.min(STRAIGHT_BYTES, bytes.byteSize() - at))
                        .asByteBuffer();
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            }
        } catch (IOException failure) {
            throw unwritable(failure);
        }
    }

    private Unavailable unwritable(IOException failure) {
        return new Unavailable("cannot write " + file + ": " + failure, failure);
    }
}
