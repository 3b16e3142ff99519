/**
 * Rows in memory as typed columns over memory segments; the one encoding that log batches and segments share.
 */
@NullMarked
package dev.elanus.column;

import org.jspecify.annotations.NullMarked;
