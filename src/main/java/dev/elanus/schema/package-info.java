/**
 * What a collection is: fields, types, limits, and whether a row fits.
 */
@NullMarked
package dev.elanus.schema;

import org.jspecify.annotations.NullMarked;
