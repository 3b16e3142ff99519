/** Benchmarks: programs that measure and print, apart from tests. */
package dev.elanus.bench;
