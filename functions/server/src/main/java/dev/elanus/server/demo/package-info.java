/**
 * The demo: pictures inserted, indexed, searched and measured, and the page on which a person searches them.
 */
@NullMarked
package dev.elanus.server.demo;

import org.jspecify.annotations.NullMarked;
