package dev.elanus.engine;

import java.util.Map;

/**
 * A space of names as it is now.
 *
 * @param createdTimestamp hybrid; 0 of the default one
 */
public record DatabaseDescription(String name, long id, long createdTimestamp, Map<String, String> properties) {}
