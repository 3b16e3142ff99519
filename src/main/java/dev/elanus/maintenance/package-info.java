/**
 * From log to sealed segments, from many to few, from unreferenced to deleted: decide first, then rewrite.
 */
@NullMarked
package dev.elanus.maintenance;

import org.jspecify.annotations.NullMarked;
