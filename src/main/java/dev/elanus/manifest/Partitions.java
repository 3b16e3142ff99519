package dev.elanus.manifest;

import dev.elanus.error.Invalid;
import dev.elanus.error.NotFound;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The partitions of a collection, oldest first. Immutable.
 *
 * @param nextNumber the number of the next one
 * @param keyFieldId the field that distributes the rows over them, 0 where their writers name them
 */
public record Partitions(List<Partition> all, int nextNumber, int keyFieldId) {
    /** Milvus's limit of partitions in a collection. */
    public static final int MAX_PARTITIONS = 1_024;

    private static final long FNV_BASIS = 0xCBF29CE484222325L;
    private static final long FNV_PRIME = 0x100000001B3L;

    public Partitions {
        all = List.copyOf(all);
    }

    /** The default partition alone. */
    public static Partitions initial(long createdTimestamp) {
        return new Partitions(
                List.of(new Partition(Partition.DEFAULT_NUMBER, Partition.DEFAULT, createdTimestamp, false)), 1, 0);
    }

    /** Those that rows are distributed over by a key: {@code _default_0} and so on. */
    public static Partitions ofKey(int keyFieldId, int count, long createdTimestamp) {
        List<Partition> all = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            all.add(new Partition(number, Partition.DEFAULT + "_" + number, createdTimestamp, false));
        }
        return new Partitions(all, count, keyFieldId);
    }

    public Optional<Partition> find(String name) {
        return all.stream().filter(partition -> partition.name().equals(name)).findFirst();
    }

    /** @throws NotFound if there is none of that name */
    public Partition partition(String name) {
        return find(name)
                .orElseThrow(
                        () -> new NotFound(NotFound.Kind.PARTITION, "partition not found[partition=" + name + "]"));
    }

    public boolean has(int number) {
        return all.stream().anyMatch(partition -> partition.number() == number);
    }

    /** Whether rows are distributed over them by a key: then nobody names, creates or drops one. */
    public boolean areKeyed() {
        return keyFieldId != 0;
    }

    /** The field that distributes the rows. */
    public Optional<Field> key(CollectionSchema schema) {
        return areKeyed() ? schema.find(keyFieldId) : Optional.empty();
    }

    /**
     * The number of the partition that a key's rows are of: FNV-1a over the bytes of the number, lowest first, or over the text's UTF-8.
     *
     * @param key a Long or a String
     */
    public int numberOf(Object key) {
        long hash = FNV_BASIS;
        if (key instanceof Long number) {
            for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
                hash = (hash ^ number >>> shift & 0xFF) * FNV_PRIME;
            }
        } else {
            for (byte part : ((String) key).getBytes(StandardCharsets.UTF_8)) {
                hash = (hash ^ part & 0xFF) * FNV_PRIME;
            }
        }
        return (int) Long.remainderUnsigned(hash ^ hash >>> 32, nextNumber);
    }

    public boolean areAllLoaded() {
        return all.stream().allMatch(Partition::loaded);
    }

    public boolean isAnyLoaded() {
        return all.stream().anyMatch(Partition::loaded);
    }

    /** A new partition of a collection that is loaded is loaded too. */
    Partitions with(String collection, String name, long createdTimestamp) {
        if (all.size() >= MAX_PARTITIONS) {
            throw new Invalid("partition number (" + (all.size() + 1) + ") exceeds max configuration (" + MAX_PARTITIONS
                    + "), collection: " + collection);
        }
        List<Partition> more = new ArrayList<>(all);
        more.add(new Partition(nextNumber, name, createdTimestamp, areAllLoaded()));
        return new Partitions(more, nextNumber + 1, keyFieldId);
    }

    Partitions without(int number) {
        return new Partitions(
                all.stream().filter(partition -> partition.number() != number).toList(), nextNumber, keyFieldId);
    }

    Partitions withLoaded(boolean loaded) {
        return each(partition -> partition.withLoaded(loaded));
    }

    /** @throws NotFound if there is none of one of the names */
    Partitions withLoaded(List<String> names, boolean loaded) {
        names.forEach(this::partition);
        return each(partition -> names.contains(partition.name()) ? partition.withLoaded(loaded) : partition);
    }

    /** These, loaded where those of later are; one that is dropped since is loaded if any is. */
    Partitions loadedAs(Partitions later) {
        return each(partition -> partition.withLoaded(later.all.stream()
                .filter(other -> other.number() == partition.number())
                .findFirst()
                .map(Partition::loaded)
                .orElse(later.isAnyLoaded())));
    }

    private Partitions each(UnaryOperator<Partition> change) {
        return new Partitions(all.stream().map(change).toList(), nextNumber, keyFieldId);
    }
}
