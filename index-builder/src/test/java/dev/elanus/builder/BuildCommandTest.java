package dev.elanus.builder;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.elanus.column.Columns;
import dev.elanus.column.FixedColumn;
import dev.elanus.column.VectorColumn;
import dev.elanus.engine.ElanusDatabase;
import dev.elanus.engine.EngineSettings;
import dev.elanus.engine.NewCollection;
import dev.elanus.engine.NewIndex;
import dev.elanus.host.MachineHost;
import dev.elanus.schema.CollectionName;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.ConsistencyLevel;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;
import dev.elanus.storage.FolderStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BuildCommandTest {
    private static final CollectionName NAME = CollectionName.of("things");
    private static final int ROWS = 5_000;

    @TempDir
    Path folder;

    private final StringWriter errors = new StringWriter();
    private final StringWriter output = new StringWriter();
    private MachineHost host;
    private ElanusDatabase server;

    @BeforeEach
    void aServerThatDoesNotMaintainAnything() {
        host = new MachineHost(2);
        FolderStore store = new FolderStore(folder.resolve("store"), host);
        server = ElanusDatabase.open(
                store, host, EngineSettings.defaults(folder.resolve("server")).withMaintenance(false));
        CollectionSchema schema = new CollectionSchema(
                "",
                List.of(Field.scalar(0, "id", DataType.INT64).asPrimaryKey(false), Field.vector(0, "vector", 2)),
                false);
        server.createCollection(new NewCollection(NAME, schema, ConsistencyLevel.STRONG, 1, Map.of()));
        server.createIndex(new NewIndex(NAME, "vector", "", Map.of("index_type", "IVF_FLAT", "metric_type", "L2")));
        float[][] vectors = new float[ROWS][];
        for (int row = 0; row < ROWS; row++) {
            vectors[row] = new float[] {row % 71, row % 73};
        }
        long[] keys = LongStream.range(0, ROWS).toArray();
        server.insert(
                NAME,
                "",
                new Columns(ROWS, Map.of(100, FixedColumn.ofLongs(keys), 101, VectorColumn.of(vectors, 2))),
                0);
    }

    @AfterEach
    void close() {
        server.close();
        host.close();
    }

    private int build(String... arguments) {
        CommandLine command = new Errors().sayingWhatWentWrong(new CommandLine(new BuildCommand()));
        command.setErr(new PrintWriter(errors));
        command.setOut(new PrintWriter(output));
        return command.execute(arguments);
    }

    @Test
    void aRunningServersRowsAreSealedAndIndexedFromOutside() {
        String store = folder.resolve("store").toString();
        assertThat(build("run", "--seal", "--store", store, "--collection", "things"))
                .isZero();
        assertThat(server.segments(NAME)).hasSize(1);
        assertThat(server.describeIndexes(NAME).getFirst().indexedRows()).isEqualTo(ROWS);
        assertThat(server.rowCount(NAME)).isEqualTo(ROWS);
        assertThat(build("plan", "--store", store)).isZero();
        assertThat(build("gc", "--store", store)).isZero();
        assertThat(server.rowCount(NAME)).isEqualTo(ROWS);
    }

    @Test
    void recallIsToldAsBuiltAndAsServed() throws IOException {
        String store = folder.resolve("store").toString();
        assertThat(build("run", "--seal", "--store", store)).isZero();
        String metrics = """
                # TYPE elanus_recall_found gauge
                elanus_recall_found{collection_name="things",db_name="default",index_name="vector"} 57.0
                elanus_recall_found{collection_name="others",db_name="default",index_name="vector"} 1.0
                elanus_recall_searches{collection_name="things",db_name="default",index_name="vector"} 6.0
                elanus_recall_wanted{collection_name="things",db_name="default",index_name="vector"} 60.0
                """;
        HttpServer served = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        served.createContext("/metrics", exchange -> {
            byte[] body = metrics.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        served.start();
        try {
            String address = "http://127.0.0.1:" + served.getAddress().getPort();
            assertThat(build("recall", "things", "--store", store, "--server", address))
                    .isZero();
        } finally {
            served.stop(0);
        }
        assertThat(output.toString())
                .contains("vector on vector, IVF_FLAT:")
                .containsPattern("when built: recall@10 [01]\\.\\d{4} over 5,000 rows, lowest of 1 segments")
                .contains("served:     recall 0.9500 over 6 searches that were repeated exactly, 60 hits");
        String nobody = "http://127.0.0.1:" + served.getAddress().getPort();
        assertThat(build("recall", "things", "--store", store, "--server", nobody))
                .isZero();
        assertThat(output.toString()).contains("no server answers at " + nobody);
    }

    @Test
    void whatCannotBeSaidOfABucketIsRefusedInOneSentence() {
        String express = "s3://data--use1-az4--x-s3/x";
        assertThat(build("plan", "--store", express, "--s3-path-style", "true")).isNotZero();
        assertThat(errors.toString()).contains("addressed by host name, expected path style false, found true");
        assertThat(build("plan", "--store", "s3://b", "--s3-requester-pays=true", "--s3-encryption", "rot13"))
                .isNotZero();
        assertThat(errors.toString()).contains("S3 encryption: expected s3, kms or kms:KEY, found rot13");
    }

    @Test
    void aDamagedObjectMakesVerifyFail() throws IOException {
        String store = folder.resolve("store").toString();
        assertThat(build("run", "--seal", "--store", store)).isZero();
        assertThat(build("verify", "--store", store)).isZero();
        Path rows;
        try (Stream<Path> files = Files.walk(folder.resolve("store"))) {
            rows = files.filter(file -> file.endsWith("rows")).findFirst().orElseThrow();
        }
        Files.write(rows, new byte[] {1}, StandardOpenOption.APPEND);
        assertThat(build("verify", "--store", store)).isEqualTo(1);
    }

    @Test
    void aMissingCollectionAndAMissingFolderAreNamed() {
        assertThat(build("plan", "--store", folder.resolve("store").toString(), "--collection", "nothing"))
                .isNotZero();
        assertThat(errors.toString()).contains("collection not found[database=default][collection=nothing]");
        assertThat(build("plan", "--store", folder.resolve("nowhere").toString()))
                .isNotZero();
        assertThat(errors.toString()).contains("expected a folder that exists");
    }
}
