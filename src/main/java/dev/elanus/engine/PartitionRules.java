package dev.elanus.engine;

import dev.elanus.error.Invalid;
import dev.elanus.schema.SchemaRules;
import java.nio.charset.StandardCharsets;

/** What a partition may be called. */
final class PartitionRules {
    private PartitionRules() {}

    /** @throws Invalid if the name breaks a rule */
    static void checkName(String name) {
        if (name.isBlank()) {
            throw refused(name, "Partition name should not be empty.");
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > SchemaRules.MAX_NAME_BYTES) {
            throw refused(name, "The length of a partition name must be less than 255 characters.");
        }
        char first = name.charAt(0);
        if (first != '_' && !isLetter(first) && !isDigit(first)) {
            throw refused(name, "The first character of a partition name must be an underscore or letter.");
        }
        for (char character : name.toCharArray()) {
            if (character != '_' && character != '-' && !isLetter(character) && !isDigit(character)) {
                throw refused(name, "Partition name can only contain numbers, letters and underscores.");
            }
        }
    }

    private static Invalid refused(String name, String rule) {
        return new Invalid("Invalid partition name: " + name + ". " + rule);
    }

    private static boolean isLetter(char character) {
        return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
