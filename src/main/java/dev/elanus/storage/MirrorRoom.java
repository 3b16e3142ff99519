package dev.elanus.storage;

import dev.elanus.error.Unavailable;
import dev.elanus.host.Host;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Writes to the mirror's disk. Where that is full, objects that nobody has open are dropped and the write is tried again: the budget may be
 * larger than the disk, or somebody else may fill it.
 *
 * @param dropIdle drops idle objects of that many bytes and more, if there are so many, and says how many bytes it dropped
 */
record MirrorRoom(Path folder, Host host, DropIdle dropIdle) {
    private static final int TRIES = 5;
    /** The space of a dropped file is free when its mapping is, of which the garbage collector decides. */
    private static final Duration UNMAPPING = Duration.ofMillis(200);

    /** See {@link MirrorRoom}. */
    interface DropIdle {
        long drop(long bytes);
    }

    /** Something that takes space, and may be done again from the start after it failed. */
    interface Write {
        void run() throws IOException;
    }

    /**
     * Does a write.
     *
     * @param bytes that it takes, about
     * @throws Unavailable if there is no room and none can be made
     */
    void write(Path file, long bytes, Write write) {
        long dropped = 0;
        for (int attempt = 1; ; attempt++) {
            try {
                write.run();
                return;
            } catch (IOException failure) {
                if (!FolderFailures.isFull(failure)) {
                    throw FolderFailures.of("cannot write", file, failure);
                }
                dropped += dropIdle.drop(bytes);
                if (dropped == 0 || attempt == TRIES) {
                    throw new Unavailable(
                            "mirror folder " + folder + ": no room for " + bytes + " bytes that a request needs"
                                    + " (" + failure.getMessage() + "), and nothing idle is left to drop; free space on"
                                    + " its disk or choose another folder, meanwhile what it holds can be read",
                            failure);
                }
                System.gc();
                host.pause(UNMAPPING);
            }
        }
    }
}
