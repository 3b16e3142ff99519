package dev.elanus.log;

import dev.elanus.schema.CollectionSchema;

/** A schema to which nobody adds fields. */
record FixedSchema(CollectionSchema known) implements Schemas {
    @Override
    public CollectionSchema newest() {
        return known;
    }
}
