/**
 * What the process lends the engine: time, chance, threads and waiting. Nothing else in the engine may touch them, so that the whole of it can run under a simulated host.
 */
@NullMarked
package dev.elanus.host;

import org.jspecify.annotations.NullMarked;
