package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.catalog.Catalog;
import dev.elanus.error.Corrupt;
import dev.elanus.host.MachineHost;
import dev.elanus.log.CollectionLog;
import dev.elanus.log.HybridClock;
import dev.elanus.log.LogKeys;
import dev.elanus.log.LogLimits;
import dev.elanus.manifest.Changes;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.storage.Content;
import dev.elanus.storage.DyingStore;
import dev.elanus.storage.MemoryStore;
import dev.elanus.storage.Meter;
import dev.elanus.storage.ObjectStore;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CollectionsTest {
    private final MachineHost host = new MachineHost(2);
    private final MemoryStore store = new MemoryStore(host.clock());

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void aDropWhoseProcessDiedIsCompletedByWhoeverMeetsIt() {
        CollectionLog dying = process()
                .create(new NewCollection(
                        DatabaseFixture.NAME, DatabaseFixture.schema(false), ConsistencyLevel.STRONG, 1, Map.of()));
        dying.commit(Changes.drop());
        Collections next = process();
        assertThat(next.newestCatalog().find(DatabaseFixture.NAME)).isPresent();
        next.drops().completeDrops();
        Catalog after = next.newestCatalog();
        assertThat(after.find(DatabaseFixture.NAME)).isEmpty();
        assertThat(after.dropped()).extracting(Catalog.Dropped::collectionId).containsExactly(dying.collectionId());
    }

    @Test
    void aDropThatIsSeenInAnOpenCollectionIsCompleted() {
        Collections collections = process();
        CollectionLog log = collections.create(new NewCollection(
                DatabaseFixture.NAME, DatabaseFixture.schema(false), ConsistencyLevel.STRONG, 1, Map.of()));
        CollectionLog elsewhere = process().find(DatabaseFixture.NAME, new Meter());
        elsewhere.commit(Changes.drop());
        collections.drops().completeDropsOfOpen();
        assertThat(collections.newestCatalog().find(DatabaseFixture.NAME))
                .as("not seen yet")
                .isPresent();
        host.await(log.look());
        collections.drops().completeDropsOfOpen();
        assertThat(collections.newestCatalog().find(DatabaseFixture.NAME)).isEmpty();
        assertThat(collections.open()).isEmpty();
        long version = collections.newestCatalog().version();
        collections.drops().completeDropsOfOpen();
        assertThat(collections.newestCatalog().version()).isEqualTo(version);
    }

    /** Otherwise a Bounded read right after would be content with a view that lacks what the log holds. */
    @Test
    void aCollectionThatTheCatalogGaveIsNotTakenForLookedAt() {
        process()
                .create(new NewCollection(
                        DatabaseFixture.NAME, DatabaseFixture.schema(false), ConsistencyLevel.STRONG, 1, Map.of()));
        CollectionLog found = process().findInCatalog(DatabaseFixture.NAME, new Meter());
        assertThat(found.isFresh(Duration.ofHours(1))).isFalse();
    }

    /** Otherwise what was written meanwhile would be forgotten until the next look. */
    @Test
    void whoeverOpensACollectionWhileItIsCreatedKeepsIt() {
        Collections[] process = new Collections[1];
        CollectionLog[] opened = new CollectionLog[1];
        process[0] = process(new DyingStore(store, Long.MAX_VALUE, false) {
            @Override
            public void replace(String key, Content content) {
                super.replace(key, content);
                opened[0] = process[0].findInCatalog(DatabaseFixture.NAME, new Meter());
            }
        });
        CollectionLog created = process[0].create(new NewCollection(
                DatabaseFixture.NAME, DatabaseFixture.schema(false), ConsistencyLevel.STRONG, 1, Map.of()));
        assertThat(created).isSameAs(opened[0]);
    }

    private CollectionLog createdAndClearedAway() {
        CollectionLog log = process()
                .create(new NewCollection(
                        DatabaseFixture.NAME, DatabaseFixture.schema(false), ConsistencyLevel.STRONG, 1, Map.of()));
        store.delete(log.versions().key(1));
        store.delete("hint/default/" + DatabaseFixture.NAME.name());
        return log;
    }

    /** Who froze for a day while it created a collection gives a name to what was cleared away in the meantime. */
    @Test
    void aNameWhoseCollectionNeverCameToBeCanBeGivenAgain() {
        CollectionLog lost = createdAndClearedAway();
        CollectionLog created = process()
                .create(new NewCollection(
                        DatabaseFixture.NAME, DatabaseFixture.schema(false), ConsistencyLevel.STRONG, 1, Map.of()));
        assertThat(created.collectionId()).isNotEqualTo(lost.collectionId());
    }

    @Test
    void aNameWhoseCollectionNeverCameToBeCanBeTakenAway() {
        createdAndClearedAway();
        Collections next = process();
        next.drops().drop(DatabaseFixture.NAME);
        assertThat(next.newestCatalog().find(DatabaseFixture.NAME)).isEmpty();
    }

    @Test
    void aCollectionOfWhichAllButTheManifestsIsThereIsNotTakenForOneThatNeverWas() {
        CollectionLog lost = createdAndClearedAway();
        String batch = LogKeys.batch(lost.collectionId(), 1);
        store.putIfAbsent(batch, Content.of(new byte[1]));
        assertThatThrownBy(() -> process().drops().drop(DatabaseFixture.NAME))
                .isInstanceOf(Corrupt.class)
                .hasMessageContaining(batch);
        assertThat(store.get(batch)).isPresent();
    }

    private Collections process() {
        return process(store);
    }

    private Collections process(ObjectStore store) {
        return new Collections(store, host, new HybridClock(host.clock()), LogLimits.defaults());
    }
}
