package dev.elanus.engine;

import dev.elanus.schema.CollectionName;
import java.util.List;

/**
 * The collections of a database, as far as their names tell.
 *
 * @param version of all names of all databases: two lists of one database and of one version are the same
 */
public record CollectionNames(long version, List<Named> all) {
    public CollectionNames {
        all = List.copyOf(all);
    }

    /**
     * One of them.
     *
     * @param id a hybrid timestamp as well: when it was created
     * @param shards as the client asked
     */
    public record Named(CollectionName name, long id, int shards) {}
}
