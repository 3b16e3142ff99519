package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.engine.History.Process;
import dev.elanus.error.Corrupt;
import dev.elanus.error.DatabaseException;
import dev.elanus.error.Unsupported;
import dev.elanus.host.MachineHost;
import dev.elanus.maintenance.Policy;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.search.FilterText;
import dev.elanus.search.QueryRequest;
import dev.elanus.search.QueryResult;
import dev.elanus.search.ReadPoint;
import dev.elanus.search.SearchRequest;
import dev.elanus.search.SearchResult;
import dev.elanus.search.SearchTarget;
import dev.elanus.storage.FolderStore;
import dev.elanus.storage.ObjectStore.Listed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bit of one object is flipped in the folder: its collection says so, and every other goes on. */
class CorruptionTest {
    private static final String BAD = "bad";
    private static final String GOOD = "good";

    @TempDir
    Path folder;

    private final MachineHost host = new MachineHost(2);
    private int processes;

    @AfterEach
    void close() {
        host.close();
    }

    @BeforeEach
    void twoCollectionsWithEveryKindOfObject() {
        History history = new History();
        for (String name : List.of(BAD, GOOD)) {
            history.create(name, "IVF_FLAT").insert(name, 0, 5_000).flush(name).maintain(name);
            history.delete(name, 0, 100).flush(name).insert(name, 6_000, 6_010);
        }
        EngineSettings settings = settings();
        try (FolderStore store = store();
                ElanusDatabase database = ElanusDatabase.open(store, host, settings);
                Maintenance maintenance = Maintenance.open(store, host, settings)) {
            history.steps().forEach(step -> step.work().accept(new Process(database, maintenance)));
        }
    }

    @Test
    void aFlippedBitInRowsIsNamedWithItsBlock() throws IOException {
        String key = flipIn("/s/[0-9a-f]+/rows");
        expectCorrupt(key + ".*block [0-9]+", database -> query(database, BAD));
    }

    @Test
    void aFlippedBitInAnIndexIsNamedWithItsBlock() throws IOException {
        String key = flipIn("/s/[0-9a-f]+/[0-9]+\\.[0-9a-f]+");
        expectCorrupt(key + ".*block [0-9]+", database -> search(database, BAD));
    }

    @Test
    void aFlippedBitInABitmapIsNamed() throws IOException {
        String key = flipIn("/s/[0-9a-f]+/deletes\\.[0-9a-f]+");
        expectCorrupt(key, database -> search(database, BAD));
    }

    @Test
    void aFlippedBitInABatchOfTheLogIsNamedToReadersAndWriters() throws IOException {
        String key = flipIn("/log/[0-9a-f]+");
        expectCorrupt(key, database -> search(database, BAD));
        expectCorrupt(key, database -> insert(database, BAD, 7_000));
    }

    @Test
    void aFlippedBitInAManifestIsNamed() throws IOException {
        String key = flipIn("/manifest/[0-9a-f]+");
        // The hint is a copy of it, checked as well, and would do in its place.
        Files.delete(folder.resolve("store/hint/default/" + BAD));
        expectCorrupt(key, database -> search(database, BAD));
        expectCorrupt(key, database -> database.describeCollection(CollectionName.of(BAD)));
    }

    @Test
    void anObjectOfANewerVersionIsNamedWithWhatToDo() throws IOException {
        for (String small : List.of("/s/[0-9a-f]+/deletes\\.[0-9a-f]+", "/log/[0-9a-f]+", "/manifest/[0-9a-f]+")) {
            int header = small.startsWith("/log") ? 92 : 20;
            Path file = newest(small);
            byte[] before = rewrite(file, object -> {
                object.putInt(4, object.getInt(4) + 1);
                object.putInt(header, crc(object, 0, header));
            });
            Files.deleteIfExists(folder.resolve("store/hint/default/" + BAD));
            expectNewer(file, database -> search(database, BAD));
            Files.delete(file);
            Files.write(file, before);
        }
        for (String large : List.of("/s/[0-9a-f]+/rows", "/s/[0-9a-f]+/[0-9]+\\.[0-9a-f]+")) {
            Path file = newest(large);
            byte[] before = rewrite(file, object -> {
                int footer = object.limit() - 44;
                object.putInt(footer + 28, 2);
                object.putInt(footer + 36, crc(object, footer, 36));
            });
            expectNewer(file, database -> large.endsWith("rows") ? query(database, BAD) : search(database, BAD));
            Files.delete(file);
            Files.write(file, before);
        }
    }

    @Test
    void anObjectThatSomebodyDeletedIsNamedWithWhatToDo() throws IOException {
        for (String object :
                List.of("/s/[0-9a-f]+/rows", "/s/[0-9a-f]+/[0-9]+\\.[0-9a-f]+", "/s/[0-9a-f]+/deletes.*")) {
            Path file = newest(object);
            byte[] before = Files.readAllBytes(file);
            Files.delete(file);
            String key = folder.resolve("store").relativize(file).toString();
            expectCorrupt(key, database -> object.endsWith("rows") ? query(database, BAD) : search(database, BAD));
            Files.write(file, before);
        }
    }

    @Test
    void nothingIsDeletedWhereAManifestCannotBeRead() throws IOException {
        Policy usual = Policy.defaults();
        Policy impatient = new Policy(
                usual.sealBytes(),
                usual.sealAge(),
                usual.compactedBytes(),
                usual.fanIn(),
                usual.deletedShare(),
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO);
        String key = flipIn("/manifest/[0-9a-f]+");
        try (FolderStore store = store();
                Maintenance maintenance =
                        Maintenance.open(store, host, settings().withPolicy(impatient))) {
            String unreadable = key.substring(0, key.indexOf("manifest"));
            List<Listed> before = store.list(unreadable, "", 10_000);
            int all = store.list("c/", "", 10_000).size();
            assertThatThrownBy(maintenance::collectGarbage)
                    .isInstanceOf(Corrupt.class)
                    .hasMessageContaining(key);
            assertThat(store.list(unreadable, "", 10_000)).isEqualTo(before);
            assertThat(store.list("c/", "", 10_000)).as("others go on").hasSizeLessThan(all);
        }
    }

    private void expectNewer(Path file, Request request) {
        String key = folder.resolve("store").relativize(file).toString();
        expect(Unsupported.class, key + ".*has version [0-9]+, this Elanus reads version [0-9]+: upgrade", request);
    }

    private Path newest(String pattern) throws IOException {
        return folder.resolve("store").resolve(newestKey(pattern));
    }

    private interface Rewrite {
        void in(ByteBuffer object);
    }

    /** @return the bytes before */
    private static byte[] rewrite(Path file, Rewrite rewrite) throws IOException {
        byte[] before = Files.readAllBytes(file);
        byte[] after = before.clone();
        rewrite.in(ByteBuffer.wrap(after).order(ByteOrder.LITTLE_ENDIAN));
        Files.delete(file);
        Files.write(file, after);
        return before;
    }

    private static int crc(ByteBuffer object, int from, int length) {
        CRC32C sum = new CRC32C();
        sum.update(object.slice(from, length));
        return (int) sum.getValue();
    }

    private interface Request {
        Object ask(ElanusDatabase database);
    }

    /** A process that has seen nothing before refuses the request, and does everything with the other collection. */
    private void expectCorrupt(String pattern, Request request) {
        expect(Corrupt.class, pattern, request);
    }

    private void expect(Class<? extends DatabaseException> kind, String pattern, Request request) {
        try (ElanusDatabase database = ElanusDatabase.open(store(), host, settings())) {
            ThrowingCallable call = () -> request.ask(database);
            assertThatThrownBy(call).isInstanceOf(kind).hasMessageMatching("(?s).*" + pattern + ".*");
            assertThatThrownBy(call).as("again").isInstanceOf(kind);
            assertThat(database.listCollections(CollectionName.DEFAULT_DATABASE))
                    .anyMatch(collection -> collection.name().name().equals(GOOD));
            database.checkStore();
            long before = database.rowCount(CollectionName.of(GOOD));
            insert(database, GOOD, 7_000 + before);
            assertThat(database.rowCount(CollectionName.of(GOOD))).isEqualTo(before + 1);
            assertThat(DatabaseFixture.keysOf(search(database, GOOD))).hasSize(10);
            assertThat(query(database, GOOD).count()).hasValue(before + 1);
            database.flush(CollectionName.of(GOOD));
            assertThat(database.rowCount(CollectionName.of(GOOD))).isEqualTo(before + 1);
        }
    }

    private static Object insert(ElanusDatabase database, String name, long key) {
        return database.insert(CollectionName.of(name), "", History.rows(key, key + 1, "new"), 0);
    }

    private static SearchResult search(ElanusDatabase database, String name) {
        return database.search(new SearchRequest(
                CollectionName.of(name),
                List.of(),
                null,
                List.of(SearchTarget.of(DatabaseFixture.vectorOf(4_000))),
                10,
                0,
                FilterText.everything(),
                List.of(),
                null,
                Map.of("nprobe", "1024"),
                -1,
                false,
                new ReadPoint(ConsistencyLevel.STRONG, 0),
                Duration.ofMinutes(1)));
    }

    /** Reads every key and label. */
    private static QueryResult query(ElanusDatabase database, String name) {
        return database.query(new QueryRequest(
                CollectionName.of(name),
                List.of(),
                FilterText.of("id >= 0 and label != \"none\""),
                List.of("count(*)"),
                -1,
                0,
                new ReadPoint(ConsistencyLevel.STRONG, 0),
                Duration.ofMinutes(1)));
    }

    /** @return the key of the last object of the bad collection whose name has the pattern; the first of its manifests, which is the newest */
    private String flipIn(String pattern) throws IOException {
        String key = newestKey(pattern);
        Path file = folder.resolve("store").resolve(key);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            // In rows the keys come first, which every query reads; elsewhere any place will do.
            long place = Math.min(channel.size() / 2, 10_000);
            ByteBuffer one = ByteBuffer.allocate(1);
            channel.read(one, place);
            one.put(0, (byte) (one.get(0) ^ 4)).rewind();
            channel.write(one, place);
        }
        return key;
    }

    private String newestKey(String pattern) {
        try (FolderStore store = store();
                ElanusDatabase database = ElanusDatabase.open(store, host, settings())) {
            long id = database.describeCollection(CollectionName.of(BAD)).id();
            List<String> keys = store.list("c/%016x/".formatted(id), "", 1_000).stream()
                    .map(Listed::key)
                    .filter(key -> key.matches("c/[0-9a-f]+" + pattern))
                    .toList();
            return pattern.startsWith("/manifest") ? keys.getFirst() : keys.getLast();
        }
    }

    private FolderStore store() {
        return new FolderStore(folder.resolve("store"), host);
    }

    private EngineSettings settings() {
        return EngineSettings.defaults(folder.resolve("process-" + processes++)).withMaintenance(false);
    }
}
