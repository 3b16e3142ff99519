package dev.elanus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Reads the sources and fails where the house rules are broken that no compiler checks. */
class TidyTest {
    /** Each package imports only from itself and from those before it. */
    private static final List<String> PACKAGES = List.of(
            "error",
            "host",
            "schema",
            "analysis",
            "column",
            "filter",
            "vector",
            "index",
            "segment",
            "storage",
            "manifest",
            "catalog",
            "log",
            "maintenance",
            "search",
            "engine");

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path ENGINE = ROOT.resolve("src/main/java/dev/elanus");
    private static final Pattern IMPORT = Pattern.compile("import (?:static )?dev\\.elanus\\.([a-z]+)\\.");

    /** What only the host may touch. */
    private static final Pattern HOSTS_OWN = Pattern.compile(
            "System\\.(nanoTime|currentTimeMillis)\\(|Instant\\.now\\(|"
                    + "Thread\\.(sleep|ofVirtual|ofPlatform|startVirtualThread)\\(|new Thread\\(|new (Secure)?Random\\(|"
                    + "ThreadLocalRandom|ThreadLocal<|Math\\.random\\(|Executors\\.|CompletableFuture\\.(supply|run)Async\\(");

    /** In parts, so that the search for them does not find itself. */
    private static final Pattern LEFTOVER = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|XX" + "X|HA" + "CK)\\b");

    @Test
    void importsPointOneWay() {
        List<String> wrong = new ArrayList<>();
        for (Path file : javaFiles(ENGINE)) {
            int here = PACKAGES.indexOf(packageOf(file));
            assertThat(here).as("package of %s is in the table", file).isNotNegative();
            Matcher imports = IMPORT.matcher(read(file));
            while (imports.find()) {
                if (PACKAGES.indexOf(imports.group(1)) > here) {
                    wrong.add(ENGINE.relativize(file) + " imports from " + imports.group(1));
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyPackageSaysWhatItIsFor() {
        TreeSet<Path> folders = new TreeSet<>();
        modules().flatMap(module -> javaFiles(module).stream()).forEach(file -> folders.add(file.getParent()));
        assertThat(folders)
                .isNotEmpty()
                .allSatisfy(folder ->
                        assertThat(folder.resolve("package-info.java")).isRegularFile());
    }

    @Test
    void onlyTheHostTouchesTimeChanceAndThreads() {
        List<String> wrong = javaFiles(ENGINE).stream()
                .filter(file -> !packageOf(file).equals("host"))
                .filter(file -> HOSTS_OWN.matcher(read(file)).find())
                .map(file -> ENGINE.relativize(file).toString())
                .toList();
        assertThat(wrong).isEmpty();
    }

    @Test
    void nothingIsLeftOpenInTheSources() {
        List<String> wrong = modules()
                .flatMap(module -> javaFiles(module).stream())
                .filter(file -> LEFTOVER.matcher(read(file)).find())
                .map(file -> ROOT.relativize(file).toString())
                .toList();
        assertThat(wrong).isEmpty();
    }

    @Test
    void noFileIsLongerThanAFewScreens() {
        List<String> long_ = modules()
                .flatMap(module -> javaFiles(module).stream())
                .filter(file -> read(file).lines().count() > 450)
                .map(file -> ROOT.relativize(file).toString())
                .toList();
        assertThat(long_).isEmpty();
    }

    private static Stream<Path> modules() {
        return Stream.of(
                        "src/main/java",
                        "functions/wire/src/main/java",
                        "functions/server/src/main/java",
                        "index-builder/src/main/java")
                .map(ROOT::resolve)
                .filter(Files::isDirectory);
    }

    private static String packageOf(Path file) {
        return ENGINE.relativize(file).getName(0).toString();
    }

    private static List<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
