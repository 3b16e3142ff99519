package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.catalog.Catalog;
import dev.elanus.catalog.CatalogCodec;
import dev.elanus.catalog.RenameChange;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.host.MachineHost;
import dev.elanus.manifest.Versions;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlterationsTest {
    private static final CollectionName ALIAS = CollectionName.of("stuff");
    private static final CollectionName NEW = CollectionName.of("others");

    @TempDir
    private Path folder;

    private final MemoryStore store = new MemoryStore(InstantSource.system());
    private final MachineHost host = new MachineHost(2);
    private ElanusDatabase database;
    private ElanusDatabase elsewhere;

    @BeforeEach
    void open() {
        database = DatabaseFixture.open(store, host, folder.resolve("a"));
        elsewhere = DatabaseFixture.open(store, host, folder.resolve("b"));
        DatabaseFixture.create(database, false, "FLAT");
        database.insert(NAME, "", DatabaseFixture.rows(LongStream.range(0, 10)), 0);
    }

    @AfterEach
    void close() {
        database.close();
        elsewhere.close();
    }

    private void create(CollectionName name) {
        database.createCollection(
                new NewCollection(name, DatabaseFixture.schema(false), ConsistencyLevel.STRONG, 1, Map.of()));
    }

    private void refused(CollectionName from, CollectionName to, String text) {
        assertThatThrownBy(() -> database.alterations().rename(from, to))
                .isInstanceOf(Invalid.class)
                .hasMessageContaining(text);
    }

    private static void missing(Runnable work, String text) {
        assertThatThrownBy(work::run).isInstanceOf(NotFound.class).hasMessageContaining(text);
    }

    @Test
    void aRenamedCollectionIsFoundByItsNewNameAloneInEveryProcess() {
        database.names().createAlias(ALIAS, NAME.name());
        assertThat(elsewhere.rowCount(NAME)).isEqualTo(10);
        assertThat(elsewhere.rowCount(ALIAS)).isEqualTo(10);
        long id = database.describeCollection(NAME).id();

        database.alterations().rename(NAME, NEW);

        for (ElanusDatabase each : List.of(database, elsewhere)) {
            missing(() -> each.rowCount(NAME), "collection not found[database=default][collection=things]");
            assertThat(each.hasCollection(NAME)).isFalse();
            assertThat(each.rowCount(NEW)).isEqualTo(10);
            assertThat(each.rowCount(ALIAS)).isEqualTo(10);
            assertThat(each.describeCollection(ALIAS).name()).isEqualTo(NEW);
            assertThat(each.describeCollection(NEW).id()).isEqualTo(id);
            assertThat(each.listCollections("default"))
                    .extracting(CollectionDescription::name)
                    .containsExactly(NEW);
        }
        elsewhere.insert(NEW, "", DatabaseFixture.rows(LongStream.range(10, 12)), 0);
        assertThat(database.rowCount(NEW)).isEqualTo(12);
        missing(
                () -> elsewhere.insert(NAME, "", DatabaseFixture.rows(LongStream.range(0, 1)), 0),
                "collection not found");
    }

    @Test
    void anotherCollectionCanTakeTheNameThatOneHad() {
        assertThat(elsewhere.rowCount(NAME)).isEqualTo(10);
        database.alterations().rename(NAME, NEW);
        create(NAME);
        assertThat(elsewhere.rowCount(NAME)).isZero();
        assertThat(elsewhere.rowCount(NEW)).isEqualTo(10);
        database.dropCollection(NEW);
        assertThat(elsewhere.hasCollection(NEW)).isFalse();
        assertThat(elsewhere.hasCollection(NAME)).isTrue();
    }

    @Test
    void aCollectionMovesToAnotherDatabaseWithoutItsAliases() {
        database.names().createDatabase("shop", Map.of("database.max.collections", "1"));
        CollectionName there = new CollectionName("shop", "things");
        database.names().createAlias(ALIAS, NAME.name());
        refused(NAME, there, "fail to rename db name, must drop all aliases of this collection before rename");
        database.names().dropAlias(ALIAS);
        database.alterations().rename(NAME, there);
        assertThat(elsewhere.rowCount(there)).isEqualTo(10);
        assertThat(elsewhere.listCollections("default")).isEmpty();
        create(NAME);
        refused(NAME, new CollectionName("shop", "more"), "exceeded the limit number of collections[limit=1]");
        missing(() -> database.alterations().rename(NAME, new CollectionName("none", "x")), "database not found");
    }

    @Test
    void aRenameIsRefusedWhereANameIsTakenMissingOrAnAlias() {
        create(NEW);
        database.names().createAlias(ALIAS, NAME.name());
        refused(NAME, NAME, "collection name or database name should be different");
        refused(NAME, NEW, "duplicated new collection name default:others with other collection name or alias");
        refused(NAME, ALIAS, "duplicated new collection name default:stuff with other collection name or alias");
        refused(ALIAS, CollectionName.of("x"), "unsupported use an alias to rename collection, alias:stuff");
        refused(NAME, CollectionName.of("1x"), "the first character of a collection name must be an underscore or");
        missing(
                () -> database.alterations().rename(CollectionName.of("none"), CollectionName.of("x")),
                "collection not found[database=default][collection=none]");
        database.dropCollection(NEW);
        database.alterations().rename(NAME, NEW);
        assertThat(elsewhere.rowCount(NEW)).isEqualTo(10);
    }

    @Test
    void aRenameThatDiedHalfwayIsCompletedByWhoReadsTheCatalog() {
        Versions<Catalog> catalog = new Versions<>(store, "catalog/", new CatalogCodec(), host);
        catalog.commitOnNewest(catalog.newest().orElseThrow(), RenameChange.of(NAME, NEW));
        assertThat(elsewhere.rowCount(NEW)).isEqualTo(10);
        assertThat(elsewhere.describeCollection(NEW).name()).isEqualTo(NEW);
        missing(() -> database.rowCount(NAME), "collection not found");
        assertThat(database.rowCount(NEW)).isEqualTo(10);
    }

    @Test
    void aTruncatedCollectionKeepsAllButItsRows() {
        database.partitions().create(NAME, "p");
        database.flush(NAME);
        database.insert(NAME, "p", DatabaseFixture.rows(LongStream.range(5, 25)), 0);
        assertThat(elsewhere.rowCount(NAME)).isEqualTo(30);

        database.alterations().truncate(NAME);

        for (ElanusDatabase each : List.of(database, elsewhere)) {
            assertThat(each.rowCount(NAME)).isZero();
            assertThat(each.partitions().list(NAME)).hasSize(2);
            assertThat(each.describeIndexes(NAME)).hasSize(1);
            assertThat(each.describeCollection(NAME).loaded()).isTrue();
        }
        elsewhere.insert(NAME, "", DatabaseFixture.rows(LongStream.range(0, 3)), 0);
        assertThat(database.rowCount(NAME)).isEqualTo(3);
        database.flush(NAME);
        database.alterations().truncate(NAME);
        database.alterations().truncate(NAME);
        assertThat(elsewhere.rowCount(NAME)).isZero();
        missing(() -> database.alterations().truncate(NEW), "collection not found");
    }

    @Test
    void aSnapshotKeepsWhatATruncationRemoves() {
        database.createSnapshot(NAME, "before", "");
        database.alterations().truncate(NAME);
        database.restoreSnapshot(NAME, "before", NEW);
        assertThat(elsewhere.rowCount(NEW)).isEqualTo(10);
    }
}
