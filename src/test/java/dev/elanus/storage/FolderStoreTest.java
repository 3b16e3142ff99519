package dev.elanus.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.Invalid;
import dev.elanus.error.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest extends ObjectStoreContract {
    @TempDir
    Path root;

    @Override
    ObjectStore open() {
        return new FolderStore(root, host);
    }

    @Test
    void twoStoresOnOneFolderSeeEachOther() {
        ObjectStore other = new FolderStore(root, host);
        store.putIfAbsent("a/b", text("first"));
        assertThat(other.putIfAbsent("a/b", text("second"))).isEqualTo(new Put.AlreadyThere());
        assertThat(string(other.get("a/b").orElseThrow())).isEqualTo("first");
    }

    @Test
    void noUnfinishedFileIsLeftBehind() throws IOException {
        store.putIfAbsent("a", text("first"));
        store.putIfAbsent("a", text("second"));
        store.replace("b", text("third"));
        try (Stream<Path> files = Files.list(root.resolve(".unfinished"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void whatAKilledProcessLeftIsNoObjectAndIsRemovedADayLater() throws IOException {
        Path folder = Files.createDirectory(root.resolve(".unfinished"));
        Path young = Files.writeString(folder.resolve("young"), "torn");
        Path old = Files.writeString(folder.resolve("old"), "torn");
        Files.setLastModifiedTime(old, FileTime.fromMillis(System.currentTimeMillis() - 2 * 86_400_000L));

        ObjectStore reopened = new FolderStore(root, host);

        assertThat(reopened.list("", "", 10)).isEmpty();
        assertThat(young).exists();
        assertThat(old).doesNotExist();
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws IOException {
        Path file = Files.writeString(scratch.resolve("file"), "x");
        assertThatThrownBy(() -> new FolderStore(file, host))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(file + ": expected a folder, found a file");
    }

    @Test
    void aDiskThatIsFullOrGoneIsReportedWithThePath() throws IOException {
        store.putIfAbsent("a/b", text("x"));
        Files.move(root.resolve("a"), scratch.resolve("moved"));
        assertThatThrownBy(() -> store.putIfAbsent("a/c", text("x")))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining(root.resolve("a").toString());
        assertThat(FolderFailures.of("cannot write", root, new IOException("No space left on device")))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("No space left on device");
        assertThat(FolderFailures.of("cannot write", root, new IOException("Read-only file system")))
                .isInstanceOf(dev.elanus.error.Denied.class)
                .hasMessageContaining(root.toString());
    }
}
