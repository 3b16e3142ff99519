/**
 * The front door: {@link dev.elanus.engine.Database} for entry points, {@code Maintenance} for jobs.
 */
@NullMarked
package dev.elanus.engine;

import org.jspecify.annotations.NullMarked;
