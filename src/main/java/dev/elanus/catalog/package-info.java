/**
 * Names: which collection a database and a name stand for.
 */
@NullMarked
package dev.elanus.catalog;

import org.jspecify.annotations.NullMarked;
