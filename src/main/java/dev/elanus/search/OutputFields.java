package dev.elanus.search;

import dev.elanus.error.Invalid;
import dev.elanus.schema.CollectionSchema;
import dev.elanus.schema.Field;
import dev.elanus.schema.FieldPath;
import dev.elanus.schema.StructSchema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The output fields that a client asked for, resolved.
 *
 * @param names as {@link OutputRows#names}
 * @param fields to read; the dynamic one is the last if it is among them
 * @param dynamicKeys the dynamic keys that were asked for by name; empty for the whole object
 */
record OutputFields(List<String> names, List<Field> fields, Set<String> dynamicKeys) {
    static final String COUNT = "count(*)";

    /**
     * @param first fields that are read in any case, before the others
     * @throws Invalid if a name is neither a field's nor may be a dynamic key
     */
    static OutputFields resolve(CollectionSchema schema, List<String> requested, List<Field> first) {
        Set<String> names = new LinkedHashSet<>();
        Set<Field> fields = new LinkedHashSet<>(first);
        Set<String> keys = new LinkedHashSet<>();
        boolean wholeDynamic = false;
        Optional<Field> dynamic = schema.dynamicField();
        first.forEach(field -> names.add(field.name()));
        for (String name : requested) {
            if (name.equals("*")) {
                schema.visibleFields().stream()
                        .filter(field -> !field.functionOutput())
                        .forEach(field -> {
                            names.add(schema.structOf(field)
                                    .map(StructSchema::name)
                                    .orElse(field.name()));
                            fields.add(field);
                        });
                wholeDynamic = dynamic.isPresent();
                dynamic.ifPresent(field -> names.add(field.name()));
                continue;
            }
            names.add(name);
            Optional<StructSchema> struct = schema.structs().stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst();
            if (struct.isPresent()) {
                fields.addAll(schema.members(struct.get()));
                continue;
            }
            Optional<Field> field = schema.find(name);
            if (field.isPresent() && field.get().functionOutput()) {
                throw new Invalid(Invalid.Reason.UNNUMBERED, "not allowed to retrieve raw data of field " + name);
            }
            if (field.isPresent() && !field.get().dynamic()) {
                fields.add(field.get());
            } else if (field.isPresent()) {
                wholeDynamic = true;
            } else if (dynamic.isEmpty()) {
                throw new Invalid("field " + name + " not exist");
            } else {
                keys.add(dynamicKey(schema, name));
            }
        }
        if (wholeDynamic || !keys.isEmpty()) {
            fields.add(dynamic.orElseThrow());
        }
        return new OutputFields(List.copyOf(names), new ArrayList<>(fields), wholeDynamic ? Set.of() : keys);
    }

    /** The key that a name stands for, which may be written {@code $meta["key"]}, as where a field has the same name. */
    private static String dynamicKey(CollectionSchema schema, String name) {
        FieldPath path = FieldPath.find(schema, name).orElseThrow();
        if (!path.field().dynamic()) {
            throw new Invalid(
                    "parse output field name failed: " + name + ": not support getting subkeys of json field yet");
        }
        if (path.keys().size() != 1) {
            throw new Invalid("parse output field name failed: " + name
                    + ": not support getting multiple level of dynamic field for now");
        }
        return path.keys().getFirst();
    }
}
