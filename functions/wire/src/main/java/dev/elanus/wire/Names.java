package dev.elanus.wire;

import dev.elanus.error.NotFound;
import dev.elanus.error.NotFound.Kind;
import dev.elanus.schema.CollectionName;

/** How databases, collections and partitions are named by requests. */
public final class Names {
    /** The partition that every collection has. */
    public static final String DEFAULT_PARTITION = "_default";

    private Names() {}

    /**
     * The database of a request: the field, or else the header; empty and absent mean the default one.
     *
     * @throws NotFound for a name that no database can have
     */
    public static String database(String field, String header) {
        String name = field.isEmpty() ? header : field;
        if (name.isEmpty()) {
            return CollectionName.DEFAULT_DATABASE;
        }
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
            throw new NotFound(Kind.DATABASE, "database not found[database=" + name + "]");
        }
        return name;
    }
}
