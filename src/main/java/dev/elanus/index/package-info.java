/**
 * Index kinds: built from values, searched over bytes in stages, without I/O.
 */
@NullMarked
package dev.elanus.index;

import org.jspecify.annotations.NullMarked;
