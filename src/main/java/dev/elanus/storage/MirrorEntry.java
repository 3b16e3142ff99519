package dev.elanus.storage;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Unsupported;
import dev.elanus.segment.BlockChecksums;
import dev.elanus.segment.ObjectTail;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * One object of a mirror: its file, mapped, and which of its blocks are known to be there and right. Knowing starts from nothing in each
 * process and is won by checksums alone. So no record of presence has to be kept in step with the bytes, and a file that was torn by a
 * kill merely has blocks that do not pass.
 */
final class MirrorEntry {
    static final int BLOCK_BYTES = 1 << 16;

    private final ObjectRef ref;
    private final String place;
    private final Path file;
    private final boolean inPlace;
    /** Whether the file had bytes from the start: it is the store's, or a former process filled it. */
    private final boolean mayHoldBlocks;

    private final MemorySegment bytes;
    private final BlockSet verified;
    private final AtomicLong held = new AtomicLong();
    private volatile @Nullable ObjectTail tail;

    private MirrorEntry(ObjectRef ref, String place, Path file, boolean inPlace, boolean mayHoldBlocks)
            throws IOException {
        this.ref = ref;
        this.place = place;
        this.file = file;
        this.inPlace = inPlace;
        this.mayHoldBlocks = mayHoldBlocks;
        this.verified = new BlockSet(blockCount());
        this.held.set(mayHoldBlocks && !inPlace ? ref.length() : 0);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() != ref.length()) {
                throw new Corrupt(place + ": expected " + ref.length() + " bytes, found " + channel.size());
            }
            this.bytes = channel.map(MapMode.READ_ONLY, 0, ref.length(), Arena.ofAuto());
        }
    }

    /** An object whose file belongs to the store. */
    static MirrorEntry inPlace(ObjectRef ref, String place, Path file) {
        try {
            return new MirrorEntry(ref, place, file, true, true);
        } catch (IOException failure) {
            throw FolderFailures.of("cannot map", file, failure);
        }
    }

    /** An object in a file of the mirror's own, taken over from a former process if there is one and its tail is whole. */
    static MirrorEntry remote(ObjectRef ref, String place, MirrorFolder folder, MirrorRoom room) {
        Path left = folder.takeLeftOver(ref).orElse(null);
        if (left != null) {
            try {
                MirrorEntry entry = new MirrorEntry(ref, place, left, false, true);
                entry.acceptTail(entry.bytes.asSlice(ref.tailOffset()));
                return entry;
            } catch (IOException | Corrupt | Unsupported _) {
                MirrorFolder.delete(left);
            }
        }
        Path created = folder.create(ref, room);
        try {
            return new MirrorEntry(ref, place, created, false, false);
        } catch (IOException failure) {
            throw FolderFailures.of("cannot map", created, failure);
        }
    }

    ObjectRef ref() {
        return ref;
    }

    MemorySegment bytes() {
        return bytes;
    }

    boolean isInPlace() {
        return inPlace;
    }

    /** Bytes of the mirror's budget that the object takes: a file that a former process filled counts whole. */
    long heldBytes() {
        return held.get();
    }

    @Nullable
    ObjectTail tail() {
        return tail;
    }

    int blockCount() {
        return (int) ((ref.tailOffset() + BLOCK_BYTES - 1) / BLOCK_BYTES);
    }

    boolean isGone() {
        return !Files.exists(file);
    }

    void deleteFile() {
        MirrorFolder.delete(file);
    }

    boolean isVerified(int block) {
        return verified.contains(block);
    }

    /** Whether everything in the ranges is present and was checked. Cheap: this is all that a warm search pays. */
    boolean hasAll(List<ByteRange> ranges) {
        if (tail == null) {
            return false;
        }
        for (int i = 0; i < ranges.size(); i++) {
            ByteRange range = ranges.get(i);
            if (!verified.containsAll(firstBlock(range), endBlock(range))) {
                return false;
            }
        }
        return true;
    }

    /** Adds the blocks of a range that are not known to be right. */
    void addMissing(ByteRange range, BitSet blocks) {
        if (range.end() > ref.length()) {
            throw new IllegalArgumentException(place + ": expected a range within " + ref.length() + " bytes, found "
                    + range.offset() + "+" + range.length());
        }
        for (int block = firstBlock(range); block < endBlock(range); block++) {
            if (!verified.contains(block)) {
                blocks.set(block);
            }
        }
    }

    /**
     * Looks whether blocks are already in the file and removes those that are.
     *
     * @throws Corrupt if a block is wrong in a file that belongs to the store: there is nowhere else to get it from
     */
    void removeHeld(BitSet blocks) {
        if (!mayHoldBlocks) {
            return;
        }
        if (tail == null) {
            acceptTail(bytes.asSlice(ref.tailOffset()));
        }
        for (int block = blocks.nextSetBit(0); block >= 0; block = blocks.nextSetBit(block + 1)) {
            try {
                check(block, blockOf(bytes, 0, block));
            } catch (Corrupt failure) {
                if (inPlace) {
                    throw failure;
                }
                continue;
            }
            verified.add(block);
            blocks.clear(block);
        }
    }

    /** @throws Corrupt if these are not the bytes of the object's tail */
    void acceptTail(MemorySegment found) {
        try {
            MemorySegment copy = Column.allocate(found.byteSize());
            ObjectTail decoded = ObjectTail.decode(copy.copyFrom(found), ref.length());
            if (decoded.tailOffset() != ref.tailOffset()) {
                throw new Corrupt("expected its tail at " + ref.tailOffset() + ", found it at " + decoded.tailOffset());
            }
            tail = decoded;
        } catch (Corrupt failure) {
            throw new Corrupt(place + ": " + failure.getMessage(), failure);
        } catch (Unsupported newer) {
            throw new Unsupported(place + ": " + newer.getMessage(), newer);
        }
    }

    /**
     * Compares a block with its checksum; the tail must be known.
     *
     * @throws Corrupt naming object and block
     */
    void check(int block, MemorySegment found) {
        ObjectTail known = tail;
        if (known == null) {
            throw new IllegalStateException(place + ": no tail yet");
        }
        BlockChecksums checksums = known.checksums();
        try {
            checksums.check(block, found);
        } catch (Corrupt failure) {
            throw new Corrupt(place + ": " + failure.getMessage(), failure);
        }
    }

    /**
     * Keeps bytes that have been checked.
     *
     * @param found the bytes of the run's blocks and, if it has it, of the tail
     * @throws dev.elanus.error.Unavailable if there is no room for them
     */
    void keep(BlockRun run, MemorySegment found, MirrorRoom room) {
        long offset = (long) run.from() * BLOCK_BYTES;
        room.write(file, found.byteSize(), () -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                ByteBuffer buffer = found.asByteBuffer();
                while (buffer.hasRemaining()) {
                    channel.write(buffer, offset + buffer.position());
                }
            }
        });
        long added = run.withTail() ? ref.length() - ref.tailOffset() : 0;
        for (int block = run.from(); block < run.end(); block++) {
            if (verified.add(block)) {
                added += lengthOf(block);
            }
        }
        if (!mayHoldBlocks) {
            held.addAndGet(added);
        }
    }

    /** The bytes that a run asks the store for. */
    ByteRange rangeOf(BlockRun run) {
        long from = Math.min((long) run.from() * BLOCK_BYTES, ref.tailOffset());
        long end = run.withTail() ? ref.length() : Math.min((long) run.end() * BLOCK_BYTES, ref.tailOffset());
        return new ByteRange(from, end - from);
    }

    /** One block within memory that starts with block {@code first}. */
    MemorySegment blockOf(MemorySegment memory, int first, int block) {
        return memory.asSlice((long) (block - first) * BLOCK_BYTES, lengthOf(block));
    }

    private long lengthOf(int block) {
        return Math.min(BLOCK_BYTES, ref.tailOffset() - (long) block * BLOCK_BYTES);
    }

    private int firstBlock(ByteRange range) {
        return (int) (Math.min(range.offset(), ref.tailOffset()) / BLOCK_BYTES);
    }

    private int endBlock(ByteRange range) {
        long end = Math.min(range.end(), ref.tailOffset());
        return range.length() == 0 || end <= range.offset()
                ? firstBlock(range)
                : (int) ((end + BLOCK_BYTES - 1) / BLOCK_BYTES);
    }
}
