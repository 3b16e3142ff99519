/**
 * The immutable segment: how rows, vectors and indexes lie in one object. Pure: memory in, memory out. Bytes are specified in
 * {@code src/docs/format.md}; that page and this package change together.
 */
@NullMarked
package dev.elanus.segment;

import org.jspecify.annotations.NullMarked;
