package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.milvus.grpc.MilvusProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What a native executable would be compiled from: the build makes it without compiling it. */
class NativeReadinessIT {
    private static final Path SOURCES = Path.of("target/native-sources");

    @Test
    void everyMessageOfTheProtocolMayBeReflectedUpon() throws IOException {
        Set<String> registered = new HashSet<>();
        for (JsonNode entry : config("reflect-config.json")) {
            registered.add(entry.path("name").asText());
        }
        Set<String> missing = new TreeSet<>();
        for (Descriptor message : messages()) {
            String name = "io.milvus.grpc." + message.getName();
            if (!registered.contains(name)) {
                missing.add(name);
            }
        }
        assertThat(messages()).hasSizeGreaterThan(200);
        assertThat(missing).isEmpty();
    }

    @Test
    void theVectorModuleAndTheAnalyzersDictionariesAreIn() throws IOException {
        String arguments = Files.readString(SOURCES.resolve("native-image.args"));
        assertThat(arguments).contains("--add-modules=jdk.incubator.vector", "-H:+VectorAPISupport", "--no-fallback");
        assertThat(config("resource-config.json").toString())
                .contains("org/apache/lucene/analysis/", "com/ibm/icu/impl/data/");
    }

    @Test
    void theCallToTheSystemIsRegistered() throws IOException {
        String name = "META-INF/native-image/dev.elanus/elanus-engine/reachability-metadata.json";
        try (var files = Files.list(SOURCES.resolve("lib"))) {
            Path engine = files.filter(file -> file.getFileName().toString().startsWith("dev.elanus.elanus-engine"))
                    .findFirst()
                    .orElseThrow();
            try (ZipFile jar = new ZipFile(engine.toFile());
                    InputStream in = jar.getInputStream(jar.getEntry(name))) {
                JsonNode call = new ObjectMapper()
                        .readTree(in)
                        .path("foreign")
                        .path("downcalls")
                        .path(0);
                assertThat(call.path("returnType").asText()).isEqualTo("jint");
                assertThat(call.path("parameterTypes").toString()).isEqualTo("[\"jlong\",\"jlong\",\"jint\"]");
            }
        }
    }

    /** The requests and answers of all calls, and every message in them. */
    private static Set<Descriptor> messages() {
        Deque<Descriptor> open = new ArrayDeque<>();
        for (MethodDescriptor method :
                MilvusProto.getDescriptor().findServiceByName("MilvusService").getMethods()) {
            open.add(method.getInputType());
            open.add(method.getOutputType());
        }
        Set<Descriptor> found = new HashSet<>();
        while (!open.isEmpty()) {
            Descriptor message = open.remove();
            // Nested ones are registered with those around them, and maps' entries are no classes of their own.
            if (message.getContainingType() != null
                    || !message.getFile().getOptions().getJavaPackage().equals("io.milvus.grpc")
                    || !found.add(message)) {
                continue;
            }
            for (FieldDescriptor field : message.getFields()) {
                if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                    open.add(field.getMessageType());
                }
            }
        }
        return found;
    }

    private static JsonNode config(String name) throws IOException {
        try (var files = Files.list(SOURCES)) {
            Path runner = files.filter(file -> file.getFileName().toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow();
            try (ZipFile jar = new ZipFile(runner.toFile());
                    InputStream in = jar.getInputStream(jar.getEntry("META-INF/native-image/" + name))) {
                return new ObjectMapper().readTree(in);
            }
        }
    }
}
