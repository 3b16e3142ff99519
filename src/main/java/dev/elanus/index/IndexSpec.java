package dev.elanus.index;

import dev.elanus.schema.Field;
import java.util.Map;

/** An index over one field that was asked for, its parameters checked. */
public sealed interface IndexSpec permits VectorIndexSpec, ScalarIndexSpec {
    /** Every parameter as the client gave it, {@code index_type} included. */
    Map<String, String> params();

    /** The same index described with other parameters, which change nothing in what is built. */
    IndexSpec withParams(Map<String, String> newParams);

    /** Whether segments get an object of this index. */
    boolean hasObject();

    /** A few words that say what the index is, for whoever finds its object alone. */
    String description();

    /**
     * The index that a client's parameters ask for.
     *
     * @throws dev.elanus.error.Invalid if a parameter breaks one of Milvus's rules
     * @throws dev.elanus.error.Unsupported if Milvus has the index kind and Elanus has not
     */
    static IndexSpec parse(Field field, Map<String, String> given) {
        return field.type().hasVectors() ? VectorIndexSpec.parse(field, given) : ScalarIndexSpec.parse(field, given);
    }
}
