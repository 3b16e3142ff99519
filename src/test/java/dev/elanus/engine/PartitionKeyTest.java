package dev.elanus.engine;

import static dev.elanus.engine.DatabaseFixture.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.elanus.column.BytesColumn;
import dev.elanus.column.Columns;
import dev.elanus.error.Invalid;
import dev.elanus.host.MachineHost;
import dev.elanus.manifest.Partitions;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.search.FilterText;
import dev.elanus.search.SearchRequest;
import dev.elanus.storage.MemoryStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionKeyTest {
    @TempDir
    private Path folder;

    private ElanusDatabase database;

    @BeforeEach
    void open() {
        database = DatabaseFixture.open(new MemoryStore(InstantSource.system()), new MachineHost(2), folder);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private void create(PartitionKey key, Map<String, String> properties) {
        database.createCollection(
                new NewCollection(NAME, DatabaseFixture.schema(false), ConsistencyLevel.STRONG, 1, properties, key));
    }

    /** A collection of which {@code label} says the partition. */
    private void createAndLoad(int partitions) {
        var fields = List.of(
                Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false),
                Field.vector(0, "vector", DatabaseFixture.DIMENSION),
                Field.varchar(0, "label", 100));
        database.createCollection(new NewCollection(
                NAME,
                new CollectionSchema("", fields, false),
                ConsistencyLevel.STRONG,
                1,
                Map.of("partitionkey.isolation", "true"),
                new PartitionKey(List.of("label"), partitions)));
        database.createIndex(new NewIndex(NAME, "vector", "", Map.of("index_type", "FLAT", "metric_type", "L2")));
        database.load(NAME);
    }

    @Test
    void rowsAreFoundWhereverTheirKeySendsThem() {
        createAndLoad(4);
        DatabaseFixture.insert(database, 0, 200);
        for (int round = 0; round < 2; round++) {
            assertThat(DatabaseFixture.query(database, "", List.of("count(*)"), -1)
                            .count())
                    .hasValue(200);
            for (int label = 0; label < 10; label++) {
                for (String filter : List.of(
                        "label == \"label %d\"", "label in [\"label %d\"]", "id >= 0 and label == \"label %d\"")) {
                    assertThat(DatabaseFixture.query(database, filter.formatted(label), List.of("count(*)"), -1)
                                    .count())
                            .hasValue(20);
                }
            }
            assertThat(DatabaseFixture.query(
                                    database, "label == \"label 1\" or label == \"label 7\"", List.of("count(*)"), -1)
                            .count())
                    .hasValue(40);
            SearchRequest search = DatabaseFixture.request(
                    List.of(DatabaseFixture.vectorOf(13)), 5, "label == \"label 3\"", List.of());
            assertThat(DatabaseFixture.keysOf(database.search(search))).startsWith(13L);
            database.flush(NAME);
        }
        assertThat(database.segments(NAME)).hasSize(1);
    }

    @Test
    void anUpsertThatChangesTheKeyMovesTheRow() {
        createAndLoad(16);
        DatabaseFixture.insert(database, 0, 20);
        database.flush(NAME);
        var moved =
                new LinkedHashMap<>(DatabaseFixture.rows(LongStream.range(0, 5)).byFieldId());
        moved.put(DatabaseFixture.LABEL, BytesColumn.of(DataType.VARCHAR, List.of("x", "x", "x", "x", "x")));
        database.upsert(NAME, "", new Columns(5, moved), 0);
        assertThat(DatabaseFixture.query(database, "", List.of("count(*)"), -1).count())
                .hasValue(20);
        assertThat(DatabaseFixture.query(database, "label == \"x\"", List.of("count(*)"), -1)
                        .count())
                .hasValue(5);
        assertThat(DatabaseFixture.query(database, "label == \"label 3\"", List.of("count(*)"), -1)
                        .count())
                .hasValue(1);
        database.delete(NAME, "", FilterText.of("label == \"x\""));
        assertThat(database.rowCount(NAME)).isEqualTo(15);
    }

    @Test
    void nobodyNamesAPartition() {
        createAndLoad(0);
        assertThat(database.partitions().list(NAME)).hasSize(16);
        assertThat(database.partitions().list(NAME).getLast().name()).isEqualTo("_default_15");
        assertThat(database.describeCollection(NAME).partitionKey()).isEqualTo("label");
        String refusal = "not support manually specifying the partition names if partition key mode is used";
        assertThatThrownBy(() -> database.insert(NAME, "_default_1", DatabaseFixture.rows(LongStream.range(0, 1)), 0))
                .hasMessage(refusal);
        assertThatThrownBy(() -> database.delete(NAME, "_default_1", FilterText.of("id == 1")))
                .hasMessage(refusal);
        assertThatThrownBy(() ->
                        database.search(DatabaseFixture.request(List.of(DatabaseFixture.vectorOf(13)), 5, "", List.of())
                                .in(List.of("_default_1"))))
                .hasMessage(refusal);
        assertThatThrownBy(() -> database.partitions().create(NAME, "a"))
                .hasMessage("disable create partition if partition key mode is used");
    }

    @Test
    void keysKeepMilvusRules() {
        assertThatThrownBy(() -> create(new PartitionKey(List.of(), 3), Map.of()))
                .isInstanceOf(Invalid.class)
                .hasMessageStartingWith("num_partitions should only be specified with partition key field enabled");
        assertThatThrownBy(() -> create(new PartitionKey(List.of("id"), 3), Map.of()))
                .hasMessage("the partition key field must not be primary field");
        assertThatThrownBy(() -> create(new PartitionKey(List.of("vector"), 3), Map.of()))
                .hasMessageStartingWith("the data type of partition key should be Int64 or VarChar");
        assertThatThrownBy(() -> create(new PartitionKey(List.of("label"), 3), Map.of()))
                .hasMessageStartingWith("partition key field not support nullable");
        assertThatThrownBy(() -> create(new PartitionKey(List.of("label", "id"), 3), Map.of()))
                .hasMessageStartingWith("there are more than one partition key, field name = label, id");
        assertThatThrownBy(() -> create(new PartitionKey(List.of("label"), 1_025), Map.of()))
                .hasMessage("partition number (1025) exceeds max configuration (1024)");
        assertThatThrownBy(() -> create(PartitionKey.NONE, Map.of("partitionkey.isolation", "true")))
                .hasMessageStartingWith("partition key isolation mode is enabled but no partition key field is set");
    }

    @Test
    void theNumberOfAKeyNeverChanges() {
        Partitions partitions = Partitions.ofKey(102, 16, 1);
        assertThat(List.of(
                        partitions.numberOf(0L),
                        partitions.numberOf(-1L),
                        partitions.numberOf("tenant 7"),
                        partitions.numberOf("")))
                .containsExactly(7, 6, 0, 1);
    }
}
