package dev.elanus.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The engine with one fragment of its source replaced: compiled in memory, and loaded beside the whole one together with a simulation of its own.
 */
final class BrokenEngine extends ClassLoader {
    private static final Path SOURCES = Path.of("main/java/dev/elanus");
    private static final String OURS = "dev.elanus.";

    private final Map<String, byte[]> broken;

    private BrokenEngine(Map<String, byte[]> broken) {
        super(BrokenEngine.class.getClassLoader());
        this.broken = broken;
    }

    /**
     * Breaks the engine.
     *
     * @param file below the engine's package, without its ending
     * @param fragment which the file has exactly once; a space stands for any white space
     * @throws IllegalArgumentException if it has not
     */
    static LongFunction<String> with(String file, String fragment, String replacement) {
        Path path = SOURCES.resolve(file + ".java");
        try {
            String source = Files.readString(path);
            List<MatchResult> places =
                    pattern(fragment).matcher(source).results().toList();
            if (places.size() != 1) {
                throw new IllegalArgumentException(
                        path + ": expected this fragment once, found it " + places.size() + " times: " + fragment);
            }
            String before = source.substring(0, places.getFirst().start());
            String after = source.substring(places.getFirst().end());
            String name = OURS + file.replace('/', '.');
            BrokenEngine loader = new BrokenEngine(compile(name, before + replacement + after));
            @SuppressWarnings("unchecked")
            LongFunction<String> trial = (LongFunction<String>)
                    loader.loadClass(Trial.class.getName()).getConstructor().newInstance();
            return trial;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (ReflectiveOperationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** However the source is broken into lines. */
    private static Pattern pattern(String fragment) {
        return Pattern.compile(
                Stream.of(fragment.split(" ")).map(Pattern::quote).collect(Collectors.joining("\\s+")));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null || !name.startsWith(OURS)) {
                return known != null ? known : super.loadClass(name, resolve);
            }
            byte[] bytes = broken.containsKey(name) ? broken.get(name) : whole(name);
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private byte[] whole(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException failure) {
            throw new ClassNotFoundException(name, failure);
        }
    }

    private static Map<String, byte[]> compile(String name, String text) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter complaints = new StringWriter();
        List<String> options = List.of(
                "--add-modules",
                "jdk.incubator.vector",
                "-proc:none",
                "-nowarn",
                "-implicit:none",
                "-classpath",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        try (StandardJavaFileManager standard = compiler.getStandardFileManager(null, null, null)) {
            Compiled compiled = new Compiled(standard);
            JavaFileObject source = new Source(name, text);
            if (!compiler.getTask(complaints, compiled, null, options, null, List.of(source))
                    .call()) {
                throw new IllegalArgumentException(name + " does not compile when broken: " + complaints);
            }
            Map<String, byte[]> classes = new HashMap<>();
            compiled.classes.forEach((each, bytes) -> classes.put(each, bytes.toByteArray()));
            return classes;
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String name, String text) {
            super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Compiled extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes = new HashMap<>();

        Compiled(JavaFileManager standard) {
            super(standard);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            classes.put(name, bytes);
            return new SimpleJavaFileObject(URI.create("memory:///" + name), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return bytes;
                }
            };
        }
    }
}
