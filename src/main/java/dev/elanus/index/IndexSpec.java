package dev.elanus.index;

import dev.elanus.schema.Field;
import java.util.HashMap;
import java.util.Map;

/** An index over one field that was asked for, its parameters checked. */
public sealed interface IndexSpec permits VectorIndexSpec, ScalarIndexSpec {
    /** Every parameter, {@code index_type} and those within the JSON of {@code params} included. */
    Map<String, String> params();

    /** The parameters as the client gave them: what it gave within {@code params} is there alone. */
    default Map<String, String> givenParams() {
        return Params.unmerged(params());
    }

    /** Whether another one asks for the same, however its parameters are wrapped. */
    default boolean asksTheSame(IndexSpec other) {
        return withoutNested(this).equals(withoutNested(other));
    }

    private static IndexSpec withoutNested(IndexSpec spec) {
        Map<String, String> params = new HashMap<>(spec.params());
        params.remove(Params.NESTED);
        return spec.withParams(params);
    }

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
