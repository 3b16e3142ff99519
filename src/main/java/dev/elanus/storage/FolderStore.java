package dev.elanus.storage;

import dev.elanus.column.ByteRange;
import dev.elanus.column.Column;
import dev.elanus.error.Corrupt;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.error.Unsupported;
import dev.elanus.host.Host;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Objects as files below a folder, shared by any number of processes of one machine. A file is written and synced under a hidden name
 * and then linked to its key: a hard link fails if the name is taken, which makes it the put-if-absent of file systems. The folder of the
 * link is synced too, so that what was reported as stored survives a power failure.
 */
public final class FolderStore implements ObjectStore {
    private static final String UNFINISHED = ".unfinished";
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path root;
    private final Host host;
    /** Folders whose own names are known to be durable. Folders are never removed. */
    private final Set<Path> durableFolders = ConcurrentHashMap.newKeySet();

    /**
     * Opens the store and creates its folder if there is none.
     *
     * @throws Invalid if something else than a folder is in the way
     */
    public FolderStore(Path root, Host host) {
        this.root = root.toAbsolutePath().normalize();
        this.host = host;
        try {
            Files.createDirectories(this.root);
        } catch (FileAlreadyExistsException _) {
            throw new Invalid("store " + this.root + ": expected a folder, found a file");
        } catch (IOException failure) {
            throw FolderFailures.of("cannot create the folder", this.root, failure);
        }
        dropAbandoned();
    }

    @Override
    public String describe() {
        return "folder " + root;
    }

    @Override
    public Put putIfAbsent(String key, Content content) {
        Path target = path(key);
        if (Files.exists(target)) {
            return new Put.AlreadyThere();
        }
        Path unfinished = writeUnfinished(target, content);
        try {
            Files.createLink(target, unfinished);
        } catch (FileAlreadyExistsException _) {
            return new Put.AlreadyThere();
        } catch (UnsupportedOperationException failure) {
            throw new Unsupported(
                    "store " + root
                            + ": its file system has no hard links, by which a folder store decides who is first",
                    failure);
        } catch (IOException failure) {
            throw FolderFailures.of("cannot write", target, failure);
        } finally {
            discard(unfinished);
        }
        try {
            sync(folderOf(target));
        } catch (IOException failure) {
            return new Put.ReplyLost(FolderFailures.of("cannot sync the folder of", target, failure));
        }
        return new Put.Stored();
    }

    @Override
    public void replace(String key, Content content) {
        Path target = path(key);
        Path unfinished = writeUnfinished(target, content);
        try {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            discard(unfinished);
            throw FolderFailures.of("cannot write", target, failure);
        }
    }

    @Override
    public Optional<MemorySegment> get(String key) {
        Path file = path(key);
        if (Files.isDirectory(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            MemorySegment bytes = Column.allocate(channel.size());
            return Optional.of(bytes.asSlice(0, ContentBytes.read(channel, 0, bytes)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException failure) {
            throw FolderFailures.of("cannot read", file, failure);
        }
    }

    @Override
    public MemorySegment read(String key, ByteRange range) {
        Path file = path(key);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (range.end() > channel.size()) {
                throw new Corrupt(
                        "object " + file + ": expected at least " + range.end() + " bytes, found " + channel.size());
            }
            MemorySegment bytes = Column.allocate(range.length());
            if (ContentBytes.read(channel, range.offset(), bytes) != range.length()) {
                throw new Corrupt("object " + file + ": ended while it was being read");
            }
            return bytes;
        } catch (NoSuchFileException _) {
            throw new NotFound(NotFound.Kind.OBJECT, "object " + file + " not found");
        } catch (IOException failure) {
            throw FolderFailures.of("cannot read", file, failure);
        }
    }

    @Override
    public List<Listed> list(String prefix, String startAfter, int limit) {
        try {
            return new FolderListing(root, prefix, startAfter, limit).run();
        } catch (IOException failure) {
            throw FolderFailures.of("cannot list", root.resolve(prefix), failure);
        }
    }

    @Override
    public void delete(String key) {
        Path file = path(key);
        try {
            Files.deleteIfExists(file);
        } catch (IOException failure) {
            throw FolderFailures.of("cannot delete", file, failure);
        }
    }

    @Override
    public Optional<Path> localFile(String key) {
        return Optional.of(path(key)).filter(Files::isRegularFile);
    }

    @Override
    public void close() {}

    private Path path(String key) {
        ObjectKey.check(key);
        return root.resolve(key);
    }

    private static Path folderOf(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalStateException(file + " is a root");
        }
        return folder;
    }

    /** Writes the content, durable, under a name that nobody else has, and makes sure that the target's folder is there. */
    private Path writeUnfinished(Path target, Content content) {
        Path folder = root.resolve(UNFINISHED);
        Path file = folder.resolve("%016x".formatted(host.random().nextLong()));
        try {
            createDurably(folder);
            createDurably(folderOf(target));
            try (FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ContentBytes.write(content, channel);
                channel.force(true);
            }
            return file;
        } catch (FileAlreadyExistsException failure) {
            throw FolderFailures.of("cannot write", target, failure);
        } catch (IOException failure) {
            discard(file);
            throw FolderFailures.of("cannot write", target, failure);
        }
    }

    /** Creates a folder and syncs the one above it. Another process may have created it and not have come to the syncing. */
    private void createDurably(Path folder) throws IOException {
        if (durableFolders.contains(folder)) {
            return;
        }
        if (!folder.equals(root)) {
            createDurably(folderOf(folder));
            try {
                Files.createDirectory(folder);
            } catch (FileAlreadyExistsException failure) {
                if (!Files.isDirectory(folder)) {
                    throw failure;
                }
            }
            sync(folderOf(folder));
        }
        durableFolders.add(folder);
    }

    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void discard(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException _) {
            // It wastes space until somebody opens the store a day later, and is never taken for an object.
        }
    }

    /** Removes what killed processes left behind. */
    private void dropAbandoned() {
        long before = host.clock().millis() - ABANDONED.toMillis();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(UNFINISHED))) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toMillis() < before) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException _) {
            // There are none, or the store is read-only, or another process is at it: nothing depends on it.
        }
    }
}
