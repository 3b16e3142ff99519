package dev.elanus.engine;

import java.util.List;

/**
 * What distributes the rows of a new collection over partitions.
 *
 * @param fields the names of the fields that are to; more than one is refused, none leaves it to who writes
 * @param partitions how many partitions, 0 for the usual number; anything else is refused where no field distributes the rows
 */
public record PartitionKey(List<String> fields, long partitions) {
    /** Rows are of the partition that their writer names. */
    public static final PartitionKey NONE = new PartitionKey(List.of(), 0);

    public PartitionKey {
        fields = List.copyOf(fields);
    }
}
