/**
 * The standalone server: gRPC and REST on one port, health, metrics and the demo's page on another.
 */
@NullMarked
package dev.elanus.server;

import org.jspecify.annotations.NullMarked;
