package dev.elanus.engine;

import dev.elanus.column.Geometries;
import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.DataType;
import dev.elanus.schema.Field;

/** What Geometry fields must keep. */
final class ShapeRules {
    private ShapeRules() {}

    /** @throws Invalid naming the first field whose default is no shape */
    static void check(CollectionSchema schema) {
        for (Field field : schema.fields()) {
            if (field.type() == DataType.GEOMETRY && field.defaultValue() instanceof String wkt) {
                try {
                    Geometries.parse(wkt);
                } catch (Invalid noShape) {
                    throw new Invalid("default value of field " + field.name() + ": " + noShape.getMessage());
                }
            }
        }
    }
}
