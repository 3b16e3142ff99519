package dev.elanus.maintenance;

import dev.elanus.error.Conflict;
import dev.elanus.error.OutcomeUnknown;
import dev.elanus.error.Unavailable;
import dev.elanus.host.Host;
import dev.elanus.segment.ObjectTail;
import dev.elanus.storage.Content;
import dev.elanus.storage.ObjectRef;
import dev.elanus.storage.ObjectStore;
import dev.elanus.storage.Put;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

/**
 * A local file in which an object grows before it is published. Closing it deletes the file; memory that is mapped from it lives on.
 */
final class Scratch implements AutoCloseable {
    private static final int MAX_ATTEMPTS = 3;

    private final Path path;

    private Scratch(Path path) {
        this.path = path;
    }

    static Scratch create(Path folder, Host host) {
        try {
            Files.createDirectories(folder);
        } catch (IOException unwritable) {
            throw new Unavailable("scratch folder " + folder + " cannot be created: " + unwritable, unwritable);
        }
        return new Scratch(folder.resolve(
                "building-" + HexFormat.of().toHexDigits(host.random().nextLong())));
    }

    Path path() {
        return path;
    }

    /** The whole file, mapped. */
    MemorySegment map() {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
        } catch (IOException unreadable) {
            throw new Unavailable("scratch file " + path + " cannot be read: " + unreadable, unreadable);
        }
    }

    /** Publishes the file under a key that nobody else uses, because a part of it is random. */
    ObjectRef publish(ObjectStore store, String key, ObjectTail.Extent extent) {
        publish(store, key, new Content.LocalFile(path, extent.length()));
        return new ObjectRef(key, extent.length(), extent.tailOffset());
    }

    /** Puts an object of a key that is ours alone: if it is there already, it is ours. */
    static void publish(ObjectStore store, String key, Content content) {
        RuntimeException lost = new Conflict(key + ": never tried");
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            switch (store.putIfAbsent(key, content)) {
                case Put.Stored _, Put.AlreadyThere _ -> {
                    return;
                }
                case Put.ReplyLost(RuntimeException cause) -> lost = cause;
            }
        }
        throw new OutcomeUnknown(key + ": the store did not say whether the object was stored", lost);
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException undeletable) {
            throw new Unavailable("scratch file " + path + " cannot be deleted: " + undeletable, undeletable);
        }
    }
}
