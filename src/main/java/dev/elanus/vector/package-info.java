/**
 * Metrics, distance kernels (scalar and SIMD twins), quantizers, k-means, top-k.
 */
@NullMarked
package dev.elanus.vector;

import org.jspecify.annotations.NullMarked;
