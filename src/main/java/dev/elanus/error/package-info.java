/**
 * What can go wrong, split by what the caller should do next.
 */
@NullMarked
package dev.elanus.error;

import org.jspecify.annotations.NullMarked;
