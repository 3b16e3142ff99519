package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.error.NotFound;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.search.FilterText;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactionsTest {
    @TempDir
    private Path folder;

    private final MachineHost host = new MachineHost(2);
    private ElanusDatabase database;

    @BeforeEach
    void open() {
        database = DatabaseFixture.open(new MemoryStore(InstantSource.system()), host, folder);
        DatabaseFixture.create(database, false, "FLAT");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void segmentsAreJoinedAndDeletedRowsLeftOut() {
        for (int part = 0; part < 3; part++) {
            DatabaseFixture.insert(database, part * 100, part * 100 + 100);
            database.flush(NAME);
        }
        database.delete(NAME, "", FilterText.of("id in [5, 150]"));

        Compaction compaction = database.compactions().start(NAME, 0);

        assertThat(compaction.done()).isTrue();
        assertThat(compaction.plans()).hasSize(1);
        assertThat(compaction.plans().getFirst().sources()).hasSize(3);
        assertThat(database.segments(NAME)).hasSize(1).first().satisfies(segment -> {
            assertThat(segment.id())
                    .isEqualTo(compaction.plans().getFirst().target().orElseThrow());
            assertThat(segment.rowCount()).isEqualTo(298);
            assertThat(segment.deletedCount()).isZero();
        });
        assertThat(database.compactions().find(compaction.id())).contains(compaction);
        assertThat(database.compactions().find(1)).isEmpty();
        assertThat(database.compactions().start(NAME, 0).plans()).isEmpty();
    }

    @Test
    void noSegmentIsMadeLargerThanAsked() {
        for (int part = 0; part < 4; part++) {
            DatabaseFixture.insert(database, part * 100, part * 100 + 100);
            database.flush(NAME);
        }
        long one = database.segments(NAME).getFirst().sizeBytes();
        Compaction compaction = database.compactions().start(NAME, 2 * one + one / 2);
        assertThat(compaction.plans()).hasSize(2);
        assertThat(database.segments(NAME)).hasSize(2);
    }

    @Test
    void aDeletedSegmentGoesWithoutAnother() {
        DatabaseFixture.insert(database, 0, 100);
        database.flush(NAME);
        database.delete(NAME, "", FilterText.of("id >= 0"));
        assertThat(database.compactions().start(NAME, 0).done()).isTrue();
        assertThat(database.segments(NAME)).isEmpty();
        assertThatThrownBy(() -> database.compactions().start(CollectionName.of("none"), 0))
                .isInstanceOf(NotFound.class);
    }
}
