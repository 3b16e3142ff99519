package dev.elanus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.elanus.engine.Database;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The server's groups of calls over a database, without the server. */
final class Groups {
    private static final Path CLASSES = Path.of("target/classes/dev/elanus/server");

    private final Database database;

    Groups(Database database) {
        this.database = database;
    }

    /** Every group that there is, made as the server makes it. */
    <T> List<T> all(Class<T> kind) throws Exception {
        List<T> groups = new ArrayList<>();
        try (Stream<Path> files = Files.list(CLASSES)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                if (!name.endsWith(".class") || name.contains("_")) {
                    continue;
                }
                Class<?> found = Class.forName("dev.elanus.server." + name.replace(".class", ""));
                if (kind.isAssignableFrom(found)
                        && !found.isInterface()
                        && !Modifier.isAbstract(found.getModifiers())) {
                    groups.add(kind.cast(made(found)));
                }
            }
        }
        assertThat(groups).hasSizeGreaterThan(3);
        return groups;
    }

    private Object made(Class<?> type) throws Exception {
        if (type == Database.class) {
            return database;
        }
        Constructor<?> constructor = type.getDeclaredConstructors()[0];
        List<Object> arguments = new ArrayList<>();
        for (Class<?> parameter : constructor.getParameterTypes()) {
            arguments.add(made(parameter));
        }
        return constructor.newInstance(arguments.toArray());
    }
}
