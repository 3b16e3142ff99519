package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.MethodDescriptor;
import dev.elanus.engine.Database;
import dev.elanus.engine.ElanusDatabase;
import dev.elanus.engine.EngineSettings;
import dev.elanus.host.MachineHost;
import dev.elanus.storage.MemoryStore;
import io.milvus.grpc.MilvusProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of {@code surface.md} say what the server does. */
class SurfaceTest {
    private static final Path TABLES = Path.of("../../src/docs/surface.md");
    private static final Pattern ROW = Pattern.compile("\\| ([\\w/]+) \\| (works|differs|refused) \\| (.*) \\|");

    @TempDir
    private Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = ElanusDatabase.open(
                new MemoryStore(InstantSource.system()),
                new MachineHost(1),
                EngineSettings.defaults(folder).withMaintenance(false));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void everyCallOfTheServiceIsInTheTable() throws Exception {
        Map<String, String> states = states("## gRPC", "## RESTful");
        Set<String> there = new TreeSet<>();
        for (RpcGroup group : new Groups(database).all(RpcGroup.class)) {
            group.all().forEach(rpc -> there.add(rpc.name()));
        }
        new SnapshotRpcs(database).all().forEach(rpc -> there.add(rpc.name()));
        Set<String> all = new TreeSet<>(there);
        for (MethodDescriptor method :
                MilvusProto.getDescriptor().findServiceByName("MilvusService").getMethods()) {
            all.add(method.getName());
        }
        assertThat(states.keySet()).isEqualTo(all);
        assertStates(states, there);
    }

    @Test
    void everyPathIsInTheTable() throws Exception {
        Map<String, String> states = states("## RESTful", null);
        Set<String> there = new TreeSet<>();
        for (RestGroup group : new Groups(database).all(RestGroup.class)) {
            group.all().forEach(call -> there.add(call.path()));
        }
        assertStates(states, there);
        assertThat(states.keySet()).containsAll(there);
        states.forEach((path, state) ->
                assertThat(RestUnsupported.isKnown(path)).as(path).isEqualTo(state.equals("refused")));
        RestUnsupported.FAMILIES.forEach(
                family -> assertThat(states.keySet()).anyMatch(path -> path.startsWith(family)));
    }

    private static void assertStates(Map<String, String> states, Set<String> there) {
        states.forEach((name, state) ->
                assertThat(there.contains(name)).as(name + ", which " + state).isEqualTo(!state.equals("refused")));
    }

    @Test
    void aRowThatDiffersOrIsRefusedSaysHowOrWhy() throws IOException {
        Matcher rows = ROW.matcher(Files.readString(TABLES));
        while (rows.find()) {
            if (!rows.group(2).equals("works")) {
                assertThat(rows.group(3)).as(rows.group(1)).isNotBlank();
            }
        }
    }

    private static Map<String, String> states(String from, @org.jspecify.annotations.Nullable String to)
            throws IOException {
        String text = Files.readString(TABLES);
        int start = text.indexOf(from);
        Matcher rows = ROW.matcher(text.substring(start, to == null ? text.length() : text.indexOf(to)));
        Map<String, String> states = new TreeMap<>();
        while (rows.find()) {
            assertThat(states.put(rows.group(1), rows.group(2)))
                    .as(rows.group(1) + " again")
                    .isNull();
        }
        assertThat(states).isNotEmpty();
        return states;
    }
}
