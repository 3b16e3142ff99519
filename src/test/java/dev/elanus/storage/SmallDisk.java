package dev.elanus.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system of its own in a folder, which can be full or read-only. Only root may mount one. */
public final class SmallDisk implements AutoCloseable {
    private final Path folder;

    /** Skips the test where this user may not mount. */
    public SmallDisk(Path folder, int mebibytes) throws IOException {
        this.folder = Files.createDirectories(folder);
        int code = run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "tmpfs", folder.toString());
        Assumptions.assumeTrue(code == 0, "this user may not mount a file system");
    }

    public Path path() {
        return folder;
    }

    /** Changes an option of the mount: its size, or {@code ro}. */
    public void remount(String option) throws IOException {
        if (run("mount", "-o", "remount," + option, folder.toString()) != 0) {
            throw new AssertionError("cannot remount " + folder + " with " + option);
        }
    }

    @Override
    public void close() throws IOException {
        run("umount", "-l", folder.toString());
    }

    private static int run(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
    }
}
