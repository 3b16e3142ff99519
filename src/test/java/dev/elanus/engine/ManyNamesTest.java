package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.catalog.Catalog;
import dev.elanus.catalog.CatalogCodec;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.maintenance.GarbageCollector;
import dev.elanus.maintenance.Policy;
import dev.elanus.manifest.Versions;
import dev.elanus.schema.CollectionName;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The catalog while much happens to it. */
class ManyNamesTest {
    @TempDir
    private Path folder;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private final MemoryStore store = new MemoryStore(now::get);
    private final MachineHost host = new MachineHost(2);
    private ElanusDatabase database;
    private ElanusDatabase elsewhere;

    @BeforeEach
    void open() {
        database = DatabaseFixture.open(store, host, folder.resolve("a"));
        elsewhere = DatabaseFixture.open(store, host, folder.resolve("b"));
        DatabaseFixture.create(database, false, "FLAT");
    }

    @AfterEach
    void close() {
        database.close();
        elsewhere.close();
    }

    private Versions<Catalog> versions() {
        return new Versions<>(store, "catalog/", new CatalogCodec(), host);
    }

    @Test
    void changesThatComeTogetherAreEachMadeOrRefused() {
        List<CompletableFuture<Boolean>> made = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ElanusDatabase one = i % 2 == 0 ? database : elsewhere;
            String alias = "alias" + i / 3;
            String target = i % 3 == 2 ? "none" : NAME.name();
            made.add(host.start(() -> {
                try {
                    one.names().createAlias(CollectionName.of(alias), target);
                    return true;
                } catch (DatabaseException refused) {
                    assertThat(refused).hasMessageContaining("collection not found");
                    return false;
                }
            }));
        }
        assertThat(made.stream().filter(host::await).count()).isEqualTo(40);
        for (ElanusDatabase each : List.of(database, elsewhere)) {
            assertThat(each.names().listAliases(NAME)).hasSize(20);
        }
    }

    @Test
    void theLastRoomForADatabaseIsGivenOnce() {
        List<CompletableFuture<Boolean>> made = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            ElanusDatabase one = i % 2 == 0 ? database : elsewhere;
            String name = "db" + i;
            made.add(host.start(() -> {
                try {
                    one.names().createDatabase(name, Map.of());
                    return true;
                } catch (Invalid full) {
                    assertThat(full.reason()).isEqualTo(Invalid.Reason.TOO_MANY_DATABASES);
                    return false;
                }
            }));
        }
        assertThat(made.stream().filter(host::await).count()).isEqualTo(63);
        assertThat(elsewhere.names().listDatabases()).hasSize(64);
    }

    @Test
    void aListingReadsNothingButNames() {
        assertThat(elsewhere.names().listCollections("default").all())
                .containsExactly(new CollectionNames.Named(
                        NAME, database.describeCollection(NAME).id(), 1));
        assertThatThrownBy(() -> elsewhere.names().listCollections("none"))
                .hasMessageContaining("database not found[database=none]");
    }

    @Test
    void oldVersionsOfTheCatalogAreCollectedAfterTheGracePeriod() {
        for (int i = 0; i < 10; i++) {
            database.names().createAlias(CollectionName.of("a" + i), NAME.name());
        }
        int versions = versions().list(100).size();
        assertThat(versions).isGreaterThan(10);
        Policy policy = Policy.defaults();
        GarbageCollector garbage = new GarbageCollector(store, host, policy);
        assertThat(garbage.collectCatalogs(versions())).isZero();
        now.set(now.get().plus(policy.grace()).plus(Duration.ofMinutes(1)));
        assertThat(garbage.collectCatalogs(versions())).isEqualTo(versions - 1);
        assertThat(database.names().listAliases(NAME)).hasSize(10);
        assertThat(elsewhere.names().listAliases(NAME)).hasSize(10);
        elsewhere.names().dropAlias(CollectionName.of("a3"));
        assertThat(database.names().listAliases(NAME)).hasSize(9);
    }
}
