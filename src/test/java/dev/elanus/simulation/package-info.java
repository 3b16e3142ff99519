/**
 * The engine under a deterministic simulation: several processes, unmodified, on simulated time over a store that misbehaves as a seed decides, and
 * a checker that compares what they answered with what their log says must have been true. One seed gives one run, on every machine.
 */
package dev.elanus.simulation;
