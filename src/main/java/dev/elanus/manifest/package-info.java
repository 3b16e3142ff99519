/**
 * One collection's state as numbered immutable versions, and the commit that adds the next one.
 */
@NullMarked
package dev.elanus.manifest;

import org.jspecify.annotations.NullMarked;
