package dev.elanus.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.engine.History.Process;
import dev.elanus.host.MachineHost;
import dev.elanus.maintenance.Finding;
import dev.elanus.maintenance.Policy;
import dev.elanus.maintenance.VerifyListener;
import dev.elanus.maintenance.VerifyReport;
import dev.elanus.storage.Content;
import dev.elanus.storage.MemoryStore;
import dev.elanus.storage.ObjectStore.Listed;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of damage to a bucket is found and named, and a bucket without damage has none. */
class VerifyTest {
    @TempDir
    Path folder;

    private final MachineHost host = new MachineHost(2);
    private MemoryStore store = new MemoryStore(InstantSource.system());
    private int processes;

    @AfterEach
    void close() {
        host.close();
    }

    @BeforeEach
    void aCollectionWithEveryKindOfObject() {
        History history = new History()
                .create("things", "IVF_FLAT")
                .insert("things", 0, 5_000)
                .flush("things")
                .maintain("things")
                .delete("things", 0, 100)
                .flush("things")
                .insert("things", 6_000, 6_010)
                .insert("things", 6_010, 6_020)
                .create("others", "FLAT")
                .insert("others", 0, 5)
                .drop("others");
        work(history);
    }

    private void work(History history) {
        EngineSettings settings = settings();
        try (ElanusDatabase database = ElanusDatabase.open(store, host, settings);
                Maintenance maintenance = Maintenance.open(store, host, settings)) {
            history.steps().forEach(step -> step.work().accept(new Process(database, maintenance)));
        }
    }

    @Test
    void whatNobodyDamagedHasNoFindings() {
        List<Finding> found = verify();
        assertThat(found).isEmpty();
        VerifyReport report = report(new ArrayList<>());
        assertThat(report.collections()).isEqualTo(1);
        assertThat(report.objects()).isEqualTo(3);
        assertThat(report.batches()).isEqualTo(2);
    }

    @Test
    void everyObjectThatLosesABitIsNamed() {
        for (String key : keys("(c|catalog)/.*")) {
            byte[] whole = bytes(key);
            byte[] damaged = whole.clone();
            damaged[whole.length / 2] ^= 4;
            replace(key, damaged);
            if (expectsDamage(key)) {
                assertThat(verify())
                        .as(key)
                        .anyMatch(finding -> finding.object().equals(key));
            }
            replace(key, whole);
        }
        assertThat(verify()).isEmpty();
    }

    @Test
    void everyObjectThatIsGoneIsNamed() {
        for (String key : keys("c/.*")) {
            boolean newestOrOldest = key.contains("/manifest/");
            if (!expectsDamage(key) || newestOrOldest || isLastOfLog(key)) {
                continue;
            }
            byte[] whole = bytes(key);
            store.delete(key);
            assertThat(verify()).as(key).anyMatch(finding -> finding.object().equals(key));
            replace(key, whole);
        }
    }

    @Test
    void aDamagedHintIsNamed() {
        store.putIfAbsent("hint/default/nothing", Content.of(new byte[9]));
        assertThat(verify())
                .singleElement()
                .satisfies(finding -> assertThat(finding.object()).isEqualTo("hint/default/nothing"));
    }

    @Test
    void whatASnapshotKeepsIsCheckedAsWell() {
        work(new History()
                .snapshot("things", "kept")
                .delete("things", 100, 5_000)
                .maintain("things"));
        assertThat(verify()).isEmpty();
        String copy = ofThings("/hold/").getFirst();
        byte[] whole = bytes(copy);
        store.delete(copy);
        assertThat(verify()).anyMatch(finding -> finding.object().equals(copy));
        replace(copy, whole);
        String rows = ofThings("/rows").stream()
                .filter(key -> new String(whole, StandardCharsets.UTF_8).contains(key))
                .findFirst()
                .orElseThrow();
        store.delete(rows);
        assertThat(verify()).anyMatch(finding -> finding.object().equals(rows));
    }

    @Test
    void aCloneThatItsOriginDoesNotKnowOfIsNamed() {
        List<String> before = ofThings("/manifest/");
        work(new History().cloneOf("things", "copy"));
        assertThat(verify()).isEmpty();
        // As if the origin's last versions were taken from an older backup.
        String origin = before.getFirst().substring(0, 19);
        keys(origin + "manifest/.*").stream()
                .filter(key -> !before.contains(key))
                .forEach(store::delete);
        assertThat(verify()).anyMatch(finding -> finding.problem().contains("to note that"));
    }

    @Test
    void aCollectionThatNobodyNamedIsCountedAndNamedOnceItIsOld() {
        String key = "c/0000000000000007/manifest/7fffffffffffffff";
        store.putIfAbsent(key, Content.of(new byte[9]));
        List<Finding> found = new ArrayList<>();
        assertThat(report(found).orphans()).isEqualTo(1);
        assertThat(found).isEmpty();
        age();
        assertThat(verify())
                .singleElement()
                .satisfies(finding -> assertThat(finding.object()).isEqualTo("c/0000000000000007/"));
    }

    @Test
    void aMissingVersionBetweenOthersIsNamed() {
        List<String> manifests = ofThings("/manifest/");
        store.delete(manifests.get(1));
        assertThat(verify()).anyMatch(finding -> finding.object().equals(manifests.get(1)));
    }

    @Test
    void aCollectionWithoutManifestsIsNamed() {
        List<String> manifests = ofThings("/manifest/");
        manifests.forEach(store::delete);
        assertThat(verify()).anyMatch(finding -> finding.problem().contains("manifest of collection things"));
    }

    @Test
    void anObjectOfAnotherLengthIsNamed() {
        String key = ofThings("/rows").getFirst();
        byte[] whole = bytes(key);
        replace(key, java.util.Arrays.copyOf(whole, whole.length - 64));
        assertThat(verify())
                .anyMatch(finding ->
                        finding.object().equals(key) && finding.problem().contains("bytes"));
    }

    @Test
    void orphansAreCountedAndNamedOnceTheyAreTooOldForAnyJob() {
        String prefix = ofThings("/rows").getFirst();
        String orphan = prefix.substring(0, prefix.indexOf("/s/") + 3) + "0000000000000001/rows";
        store.putIfAbsent(orphan, Content.of(new byte[9]));
        List<Finding> found = new ArrayList<>();
        assertThat(report(found).orphans()).isEqualTo(1);
        assertThat(found).isEmpty();
        age();
        assertThat(verify())
                .singleElement()
                .satisfies(finding -> assertThat(finding.object()).isEqualTo(orphan));
    }

    /** Everything in the store was written yesterday. */
    private void age() {
        MemoryStore old = new MemoryStore(InstantSource.fixed(Instant.now().minus(Duration.ofHours(26))));
        for (Listed listed : store.list("", "", Integer.MAX_VALUE)) {
            old.putIfAbsent(
                    listed.key(), new Content.Memory(store.get(listed.key()).orElseThrow()));
        }
        store = old;
    }

    private boolean expectsDamage(String key) {
        if (key.startsWith("catalog/")) {
            return true;
        }
        // What is left of the dropped collection, and the part of the log that is sealed, nobody reads any more.
        return key.startsWith(ofThings("/rows").getFirst().substring(0, 19))
                && (!key.contains("/log/") || keys("c/.*/log/.*").indexOf(key) >= sealedBatches());
    }

    private boolean isLastOfLog(String key) {
        return key.contains("/log/") && ofThings("/log/").getLast().equals(key);
    }

    /** One insert and one delete were sealed. */
    private static int sealedBatches() {
        return 2;
    }

    private List<String> ofThings(String part) {
        String rows = keys("c/[0-9a-f]+/s/.*/rows").getFirst();
        return keys(rows.substring(0, 18) + ".*" + part + ".*");
    }

    private List<String> keys(String pattern) {
        return store.list("", "", Integer.MAX_VALUE).stream()
                .map(Listed::key)
                .filter(key -> key.matches(pattern))
                .toList();
    }

    private byte[] bytes(String key) {
        return store.get(key).orElseThrow().toArray(ValueLayout.JAVA_BYTE);
    }

    private void replace(String key, byte[] bytes) {
        store.replace(key, Content.of(bytes));
    }

    private List<Finding> verify() {
        List<Finding> found = new ArrayList<>();
        report(found);
        return found;
    }

    private VerifyReport report(List<Finding> found) {
        try (Maintenance maintenance = Maintenance.open(store, host, settings())) {
            VerifyReport report = maintenance.verify(new VerifyListener() {
                @Override
                public void found(Finding finding) {
                    found.add(finding);
                }

                @Override
                public void at(String where, long done, long total) {
                    assertThat(done).isBetween(0L, total);
                }
            });
            assertThat(report.findings()).isEqualTo(found.size());
            return report;
        }
    }

    private EngineSettings settings() {
        Policy defaults = Policy.defaults();
        return EngineSettings.defaults(folder.resolve("process-" + processes++))
                .withPolicy(defaults)
                .withMaintenance(false);
    }
}
