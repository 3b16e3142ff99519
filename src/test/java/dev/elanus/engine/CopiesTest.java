package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.FixedColumn;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.storage.MemoryStore;
import dev.elanus.storage.ObjectStore.Listed;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots and clones as their users see them. */
class CopiesTest {
    private static final CollectionName COPY = CollectionName.of("copy");

    @TempDir
    Path folder;

    private final MachineHost host = new MachineHost(2);
    private final MemoryStore store = new MemoryStore(InstantSource.system());
    private ElanusDatabase database;

    @BeforeEach
    void open() {
        database = DatabaseFixture.open(store, host, folder);
    }

    @AfterEach
    void close() {
        database.close();
        host.close();
    }

    @Test
    void aCloneCopiesNoRows() {
        DatabaseFixture.create(database, false, "IVF_FLAT");
        DatabaseFixture.insert(database, 0, 5_000);
        database.flush(DatabaseFixture.NAME);
        Set<String> before = segmentObjects();
        CollectionDescription copy = database.cloneCollection(DatabaseFixture.NAME, COPY);
        assertThat(segmentObjects()).isEqualTo(before);
        assertThat(copy.loaded()).isTrue();
        assertThat(copy.id())
                .isNotEqualTo(database.describeCollection(DatabaseFixture.NAME).id());
        assertThat(database.rowCount(COPY)).isEqualTo(5_000);
        assertThat(database.describeIndexes(COPY)).hasSize(1);
    }

    @Test
    void originAndCloneGoTheirOwnWays() {
        DatabaseFixture.create(database, false, "FLAT");
        DatabaseFixture.insert(database, 0, 10);
        database.cloneCollection(DatabaseFixture.NAME, COPY);
        database.insert(COPY, "", DatabaseFixture.rows(LongStream.range(10, 12)), 0);
        database.delete(DatabaseFixture.NAME, "", dev.elanus.search.FilterText.of("id < 5"));
        database.flush(DatabaseFixture.NAME);
        database.flush(COPY);
        assertThat(database.rowCount(DatabaseFixture.NAME)).isEqualTo(5);
        assertThat(database.rowCount(COPY)).isEqualTo(12);
    }

    @Test
    void keysThatACloneGeneratesAreNotThoseOfItsOrigin() {
        DatabaseFixture.create(database, true, "FLAT");
        FixedColumn original =
                (FixedColumn) database.insert(DatabaseFixture.NAME, "", DatabaseFixture.valuesOf(1, 2, 3), 0)
                        .keys();
        database.cloneCollection(DatabaseFixture.NAME, COPY);
        FixedColumn later = (FixedColumn)
                database.insert(COPY, "", DatabaseFixture.valuesOf(4, 5, 6), 0).keys();
        Set<Long> keys = new HashSet<>();
        for (int row = 0; row < 3; row++) {
            keys.add(original.longAt(row));
            keys.add(later.longAt(row));
        }
        assertThat(keys).hasSize(6);
        assertThat(database.rowCount(COPY)).isEqualTo(6);
    }

    @Test
    void aSnapshotIsNamedListedAndDropped() {
        DatabaseFixture.create(database, false, "FLAT");
        DatabaseFixture.insert(database, 0, 10);
        SnapshotDescription taken = database.createSnapshot(DatabaseFixture.NAME, "monday", "before the change");
        assertThat(taken.rowCount()).isEqualTo(10);
        assertThat(database.listSnapshots(DatabaseFixture.NAME)).containsExactly(taken);
        assertThat(database.describeSnapshot(DatabaseFixture.NAME, "monday")).isEqualTo(taken);
        assertThatThrownBy(() -> database.createSnapshot(DatabaseFixture.NAME, "monday", ""))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("already exists");
        assertThatThrownBy(() -> database.createSnapshot(DatabaseFixture.NAME, "a/b", ""))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("a/b");
        database.dropSnapshot(DatabaseFixture.NAME, "monday");
        assertThat(database.listSnapshots(DatabaseFixture.NAME)).isEmpty();
        assertThatThrownBy(() -> database.dropSnapshot(DatabaseFixture.NAME, "monday"))
                .isInstanceOf(NotFound.class)
                .hasMessageContaining("snapshot not found");
        assertThatThrownBy(() -> database.restoreSnapshot(DatabaseFixture.NAME, "monday", COPY))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void aTakenNameIsRefused() {
        DatabaseFixture.create(database, false, "FLAT");
        database.createSnapshot(DatabaseFixture.NAME, "empty", "");
        assertThatThrownBy(() -> database.restoreSnapshot(DatabaseFixture.NAME, "empty", DatabaseFixture.NAME))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining("already exists");
        assertThat(database.restoreSnapshot(DatabaseFixture.NAME, "empty", COPY).name())
                .isEqualTo(COPY);
        assertThat(database.rowCount(COPY)).isZero();
    }

    private Set<String> segmentObjects() {
        Set<String> keys = new HashSet<>();
        List<Listed> all = store.list("c/", "", Integer.MAX_VALUE);
        all.stream().map(Listed::key).filter(key -> key.contains("/s/")).forEach(keys::add);
        return keys;
    }
}
