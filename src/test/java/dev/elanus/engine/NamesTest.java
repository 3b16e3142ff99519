package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.DatabaseException;
import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.error.Unsupported;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamesTest {
    private static final CollectionName ALIAS = CollectionName.of("stuff");
    private static final CollectionName OTHER = CollectionName.of("others");

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

    private static void refused(Runnable work, Invalid.Reason reason, String text) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(Invalid.class, refusal -> {
            assertThat(refusal).hasMessageContaining(text);
            assertThat(refusal.reason()).isEqualTo(reason);
        });
    }

    private static void missing(Runnable work, NotFound.Kind kind, String text) {
        assertThatThrownBy(work::run).isInstanceOfSatisfying(NotFound.class, missing -> {
            assertThat(missing).hasMessageContaining(text);
            assertThat(missing.kind()).isEqualTo(kind);
        });
    }

    @Test
    void aCollectionIsInTheZoneOfItsDatabaseUnlessItNamesAnother() {
        database.names().createDatabase("far", Map.of("timezone", "Asia/Shanghai"));
        CollectionName zoned = new CollectionName("far", "zoned");
        create(zoned);
        assertThat(elsewhere.describeCollection(zoned).schema().zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
        database.names().alterDatabase("far", Map.of("timezone", "America/New_York"), List.of());
        create(zoned);
        assertThat(database.describeCollection(zoned).schema().zone()).isEqualTo(ZoneId.of("Asia/Shanghai"));
        CollectionName own = new CollectionName("far", "own");
        database.createCollection(new NewCollection(
                own, DatabaseFixture.schema(false), ConsistencyLevel.STRONG, 1, Map.of("timezone", "Europe/Berlin")));
        assertThat(database.describeCollection(own).schema().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        database.alterations().properties(own, Map.of("timezone", "Asia/Tokyo"), List.of());
        assertThat(elsewhere.describeCollection(own).schema().zone()).isEqualTo(ZoneId.of("Asia/Tokyo"));
        assertThatThrownBy(() -> database.alterations().properties(own, Map.of("timezone", "Mars/Base"), List.of()))
                .isInstanceOf(Invalid.class)
                .hasMessage("unknown or invalid IANA Time Zone ID: Mars/Base");
    }

    @Test
    void anAliasStandsForItsCollectionInEveryProcess() {
        create(NAME);
        create(OTHER);
        database.names().createAlias(ALIAS, NAME.name());
        database.names().createAlias(ALIAS, NAME.name());
        database.insert(ALIAS, "", DatabaseFixture.rows(LongStream.range(0, 3)), 0);
        assertThat(elsewhere.rowCount(ALIAS)).isEqualTo(3);
        assertThat(elsewhere.describeCollection(ALIAS).name()).isEqualTo(NAME);
        assertThat(elsewhere.hasCollection(ALIAS)).isTrue();
        database.names().alterAlias(ALIAS, OTHER.name());
        assertThat(elsewhere.rowCount(ALIAS)).isZero();
        assertThat(elsewhere.names().describeAlias(ALIAS)).isEqualTo(OTHER);
        assertThat(elsewhere.names().listAliases(OTHER)).containsExactly(ALIAS.name());
        assertThat(elsewhere.names().listAliases(NAME)).isEmpty();
        assertThat(elsewhere.names().listAliases(CollectionName.of(""))).containsExactly(ALIAS.name());
        database.names().dropAlias(ALIAS);
        database.names().dropAlias(ALIAS);
        missing(() -> elsewhere.rowCount(ALIAS), NotFound.Kind.COLLECTION, "collection not found");
    }

    @Test
    void anAliasAndACollectionCannotHaveTheSameName() {
        create(NAME);
        create(OTHER);
        refused(
                () -> database.names().createAlias(OTHER, NAME.name()),
                Invalid.Reason.ALIAS_IS_COLLECTION,
                "alias and collection name conflict[database=default][alias=others]");
        database.names().createAlias(ALIAS, NAME.name());
        refused(() -> create(ALIAS), Invalid.Reason.ALIAS_IS_COLLECTION, "conflicts with an existing alias");
        refused(
                () -> database.cloneCollection(NAME, ALIAS),
                Invalid.Reason.ALIAS_IS_COLLECTION,
                "conflicts with an existing alias");
        refused(
                () -> database.names().createAlias(ALIAS, OTHER.name()),
                Invalid.Reason.ALIAS_EXISTS,
                "stuff is alias to another collection: things: alias already exist[database=default][alias=stuff]");
    }

    @Test
    void aCollectionIsDroppedByItsOwnNameAndWithoutAliases() {
        create(NAME);
        database.names().createAlias(ALIAS, NAME.name());
        refused(
                () -> database.dropCollection(ALIAS),
                Invalid.Reason.PARAMETER,
                "cannot drop the collection via alias = stuff");
        refused(
                () -> database.dropCollection(NAME),
                Invalid.Reason.PARAMETER,
                "unable to drop the collection [things] because it has associated aliases");
        database.names().dropAlias(ALIAS);
        database.dropCollection(NAME);
        assertThat(elsewhere.hasCollection(NAME)).isFalse();
    }

    @Test
    void whatAnAliasNamesMustBeThere() {
        create(NAME);
        missing(() -> database.names().createAlias(ALIAS, "none"), NotFound.Kind.COLLECTION, "collection=none");
        missing(() -> database.names().alterAlias(ALIAS, NAME.name()), NotFound.Kind.ALIAS, "alias not found");
        missing(() -> database.names().describeAlias(ALIAS), NotFound.Kind.ALIAS, "[database=default][alias=stuff]");
        missing(() -> database.names().listAliases(OTHER), NotFound.Kind.COLLECTION, "collection=others");
        missing(
                () -> database.names().alterAlias(ALIAS, "none"),
                NotFound.Kind.COLLECTION,
                "collection not found[collection=none]");
    }

    @Test
    void anAliasKeepsTheRulesOfNamesWhateverIsDoneWithIt() {
        create(NAME);
        CollectionName alias = CollectionName.of("1x");
        String rule = "Invalid collection alias: 1x. the first character of a collection alias must be an underscore";
        refused(() -> database.names().createAlias(alias, NAME.name()), Invalid.Reason.PARAMETER, rule);
        refused(() -> database.names().alterAlias(alias, NAME.name()), Invalid.Reason.PARAMETER, rule);
        refused(() -> database.names().describeAlias(alias), Invalid.Reason.PARAMETER, rule);
        refused(
                () -> database.names().createAlias(ALIAS, "1x"),
                Invalid.Reason.PARAMETER,
                "Invalid collection name: 1x. the first character of a collection name must be");
    }

    @Test
    void aNameThatIsTooLongIsNotFound() {
        CollectionName endless = CollectionName.of("a".repeat(256));
        missing(() -> database.rowCount(endless), NotFound.Kind.COLLECTION, "collection not found");
    }

    @Test
    void collectionsOfTwoDatabasesHaveNothingInCommonButTheirName() {
        CollectionName there = new CollectionName("shop", NAME.name());
        database.names().createDatabase("shop", Map.of("owner", "me"));
        create(NAME);
        create(there);
        database.insert(there, "", DatabaseFixture.rows(LongStream.range(0, 2)), 0);
        assertThat(elsewhere.rowCount(there)).isEqualTo(2);
        assertThat(elsewhere.rowCount(NAME)).isZero();
        assertThat(elsewhere.listCollections("shop"))
                .extracting(CollectionDescription::name)
                .containsExactly(there);
        refused(() -> database.names().dropDatabase("shop"), Invalid.Reason.PARAMETER, "must drop all collections");
        database.dropCollection(there);
        assertThat(elsewhere.rowCount(NAME)).isZero();
        database.names().dropDatabase("shop");
        database.names().dropDatabase("shop");
        missing(() -> elsewhere.listCollections("shop"), NotFound.Kind.DATABASE, "database not found[database=shop]");
        missing(() -> create(there), NotFound.Kind.DATABASE, "database not found[database=shop]");
        missing(() -> elsewhere.rowCount(there), NotFound.Kind.DATABASE, "database not found[database=shop]");
    }

    @Test
    void aDatabaseHasTheProperties() {
        database.names().createDatabase("shop", Map.of("owner", "me", "timezone", "UTC"));
        database.names()
                .alterDatabase(
                        "shop",
                        Map.of("database.replica.number", "2", "database.force.deny.writing", "false"),
                        List.of());
        database.names().alterDatabase("shop", Map.of(), List.of("timezone", "none"));
        assertThat(elsewhere.names().describeDatabase("shop").properties())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("owner", "me", "database.replica.number", "2", "database.force.deny.writing", "false"));
        assertThat(elsewhere.names().listDatabases())
                .extracting(DatabaseDescription::name)
                .containsExactly("default", "shop");
        missing(
                () -> database.names().alterDatabase("none", Map.of(), List.of()),
                NotFound.Kind.DATABASE,
                "database not found[database=none]");
        refused(
                () -> database.names().alterDatabase("shop", Map.of("timezone", "Mars/Olympus"), List.of()),
                Invalid.Reason.PARAMETER,
                "unknown or invalid IANA Time Zone ID: Mars/Olympus");
        assertThatThrownBy(() -> database.names()
                        .alterDatabase("shop", Map.of("database.force.deny.writing", "true"), List.of()))
                .isInstanceOf(Unsupported.class);
    }

    @Test
    void aDatabaseMayLimitItsCollections() {
        database.names().createDatabase("shop", Map.of("database.max.collections", "1"));
        create(new CollectionName("shop", "one"));
        create(new CollectionName("shop", "one"));
        refused(
                () -> create(new CollectionName("shop", "two")),
                Invalid.Reason.TOO_MANY_COLLECTIONS,
                "exceeded the limit number of collections[limit=1]");
        create(NAME);
    }

    @Test
    void namesOfDatabasesKeepTheRules() {
        refused(
                () -> database.names().createDatabase("1", Map.of()),
                Invalid.Reason.DATABASE_NAME,
                "the first character of a database name must be an underscore or letter: "
                        + "invalid database name[database=1]");
        refused(
                () -> database.names().createDatabase("a-b", Map.of()),
                Invalid.Reason.DATABASE_NAME,
                "database name can only contain numbers, letters and underscores");
        refused(
                () -> database.names().createDatabase("a".repeat(256), Map.of()),
                Invalid.Reason.DATABASE_NAME,
                "the length of a database name must be less than 255 characters");
        refused(
                () -> database.names().dropDatabase("default"),
                Invalid.Reason.PARAMETER,
                "can not drop default database");
        for (int i = 1; i < 64; i++) {
            database.names().createDatabase("d" + i, Map.of());
        }
        refused(
                () -> elsewhere.names().createDatabase("d1", Map.of()),
                Invalid.Reason.PARAMETER,
                "database already exist: d1");
        assertThatThrownBy(() -> elsewhere.names().createDatabase("d64", Map.of()))
                .isInstanceOf(DatabaseException.class)
                .hasMessage("exceeded the limit number of database[limit=64]");
    }
}
