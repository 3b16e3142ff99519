package dev.elanus.storage;

import dev.elanus.storage.ObjectStore.Listed;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Lists the files below a folder as keys in the order of their bytes, reading only folders that can hold keys of the answer, and asking the
 * file system about a single file only when its turn has come.
 */
final class FolderListing {
    private final Path root;
    private final String prefix;
    private final String startAfter;
    private final int limit;
    private final List<Listed> listed = new ArrayList<>();

    FolderListing(Path root, String prefix, String startAfter, int limit) {
        this.root = root;
        this.prefix = prefix;
        this.startAfter = startAfter;
        this.limit = limit;
    }

    List<Listed> run() throws IOException {
        visit(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        return listed;
    }

    /** @param folder empty for the root, else ending with a slash, as an entry does which is known to be a folder */
    private void visit(String folder) throws IOException {
        PriorityQueue<String> entries = entries(folder);
        while (!entries.isEmpty() && listed.size() < limit) {
            String entry = entries.remove();
            if (entry.endsWith("/")) {
                visit(entry);
                continue;
            }
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(root.resolve(entry), BasicFileAttributes.class);
            } catch (NoSuchFileException _) {
                continue; // Deleted since the folder was read.
            }
            if (attributes.isDirectory()) {
                // Its keys go on with a slash, which may put them behind files like "name-1" or "name.x".
                entries.add(entry + "/");
            } else if (attributes.isRegularFile() && entry.startsWith(prefix) && entry.compareTo(startAfter) > 0) {
                listed.add(new Listed(
                        entry, attributes.size(), attributes.lastModifiedTime().toMillis()));
            }
        }
    }

    private PriorityQueue<String> entries(String folder) throws IOException {
        PriorityQueue<String> entries = new PriorityQueue<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(root.resolve(folder))) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (!name.startsWith(".") && mayHold(folder + name)) {
                    entries.add(folder + name);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException _) {
            // No folder, no keys.
        }
        return entries;
    }

    /** Whether the entry may be a key of the answer or a folder with one. */
    private boolean mayHold(String entry) {
        String asFolder = entry + "/";
        boolean afterStart = asFolder.compareTo(startAfter) > 0 || startAfter.startsWith(asFolder);
        return afterStart && (entry.startsWith(prefix) || prefix.startsWith(asFolder));
    }
}
