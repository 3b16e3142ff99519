package dev.elanus.storage;

import dev.elanus.error.Unavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files of a mirror. Processes do not share them: each takes the first of the numbered subfolders that no living process has locked,
 * and with it the files that a former process left there. A file is named by its object's key and a generation, so that deleting an
 * evicted file can never hit the one that was created for the same object meanwhile.
 */
final class MirrorFolder implements AutoCloseable {
    private static final int MAX_PROCESSES = 256;
    private static final String LOCK = ".lock";
    private static final String SCRATCH = "scratch";

    private static final Pattern NAME = Pattern.compile("(.+)@([0-9]{1,18})");

    private record LeftOver(Path path, long length) {}

    private final Path folder;
    private final FileLock lock;
    private final AtomicLong generation = new AtomicLong();
    private final Map<String, LeftOver> leftOver = new ConcurrentHashMap<>();

    private MirrorFolder(Path folder, FileLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** @throws Unavailable if there is no folder that can be used */
    static MirrorFolder open(Path parent) {
        try {
            for (int slot = 0; slot < MAX_PROCESSES; slot++) {
                Path folder = Files.createDirectories(parent.resolve(Integer.toString(slot)));
                Optional<FileLock> lock = lock(folder.resolve(LOCK));
                if (lock.isPresent()) {
                    MirrorFolder opened = new MirrorFolder(folder, lock.get());
                    opened.findLeftOver();
                    opened.clearScratch();
                    return opened;
                }
            }
        } catch (IOException failure) {
            throw FolderFailures.of("cannot use the mirror folder", parent, failure);
        }
        throw new Unavailable("mirror folder " + parent + ": all " + MAX_PROCESSES + " places are taken by processes");
    }

    /** Takes over the file that a former process left for the object, if there is one of that length. */
    Optional<Path> takeLeftOver(ObjectRef ref) {
        LeftOver file = leftOver.remove(ref.key());
        if (file == null) {
            return Optional.empty();
        }
        if (file.length == ref.length()) {
            return Optional.of(file.path);
        }
        delete(file.path);
        return Optional.empty();
    }

    /** A new sparse file of the object's length, all zeros. */
    Path create(ObjectRef ref, MirrorRoom room) {
        Path file = folder.resolve(ref.key().replace('/', '~') + "@" + generation.incrementAndGet());
        room.write(file, MirrorEntry.BLOCK_BYTES, () -> {
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
                channel.write(ByteBuffer.allocate(1), ref.length() - 1);
            }
        });
        return file;
    }

    static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // The next process that takes this folder finds it and may use or delete it.
        }
    }

    /** Bytes of the files that former processes left and that nobody has taken over yet, holes included. */
    long leftOverBytes() {
        return leftOver.values().stream().mapToLong(LeftOver::length).sum();
    }

    /**
     * Deletes some file that a former process left.
     *
     * @return its bytes, 0 if there was none
     */
    long dropLeftOver() {
        for (String key : leftOver.keySet()) {
            LeftOver file = leftOver.remove(key);
            if (file != null) {
                delete(file.path);
                return file.length;
            }
        }
        return 0;
    }

    Path path() {
        return folder;
    }

    /** Where objects may be built that are not published yet. */
    Path scratch() {
        return folder.resolve(SCRATCH);
    }

    /** What a former process was building belongs to nobody. */
    private void clearScratch() throws IOException {
        Files.createDirectories(scratch());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(scratch())) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    /** Gives the folder back; its files stay for the next process. */
    @Override
    public void close() {
        try {
            lock.acquiredBy().close();
        } catch (IOException failure) {
            throw FolderFailures.of("cannot unlock", folder, failure);
        }
    }

    private static Optional<FileLock> lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return Optional.of(lock);
            }
        } catch (OverlappingFileLockException _) {
            // Another mirror of this very process has it.
        }
        channel.close();
        return Optional.empty();
    }

    private void findLeftOver() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*@*")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (!name.matches()) {
                    continue;
                }
                generation.accumulateAndGet(Long.parseLong(name.group(2)), Math::max);
                LeftOver other = leftOver.put(name.group(1).replace('~', '/'), new LeftOver(file, Files.size(file)));
                if (other != null) {
                    // An evicted file that outlived its deletion: which of the two is better does not matter, checksums
                    // decide.
                    delete(other.path);
                }
            }
        }
    }
}
