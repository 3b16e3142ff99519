package dev.elanus.schema;

import java.util.Map;

/**
 * Fields that belong together: their arrays are of one length in each row, and element i of each is a part of the row's struct i. A member's name is
 * {@code struct[member]}.
 *
 * @param id of the struct, which has no column of its own
 * @param typeParams as the client gave them
 */
public record StructSchema(int id, String name, String description, Map<String, String> typeParams) {
    public StructSchema {
        typeParams = Map.copyOf(typeParams);
    }

    /** The name of a member's field. */
    public static String fieldName(String struct, String member) {
        return struct + "[" + member + "]";
    }

    public boolean has(Field field) {
        return field.name().startsWith(name + "[");
    }

    /** What clients call a member within the struct. */
    public String memberName(Field member) {
        return member.name().substring(name.length() + 1, member.name().length() - 1);
    }

    StructSchema withId(int newId) {
        return new StructSchema(newId, name, description, typeParams);
    }
}
