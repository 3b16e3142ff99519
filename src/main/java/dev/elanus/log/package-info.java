/**
 * The write path: batches made durable in order, their timestamps, replay; and what is not sealed yet.
 */
@NullMarked
package dev.elanus.log;

import org.jspecify.annotations.NullMarked;
