/**
 * The batch job: seals, indexes and compacts collections and collects garbage, on a bucket that servers may be using at the same time.
 */
@NullMarked
package dev.elanus.builder;

import org.jspecify.annotations.NullMarked;
