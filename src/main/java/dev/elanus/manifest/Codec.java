package dev.elanus.manifest;

import java.lang.foreign.MemorySegment;

/** A state as the bytes of one object. */
public interface Codec<S> {
    byte[] encode(S state);

    /**
     * The state that the bytes hold.
     *
     * @param name the object's key, for the error's text
     * @throws dev.elanus.error.Corrupt if the bytes are not what was written
     */
    S decode(String name, MemorySegment bytes);
}
