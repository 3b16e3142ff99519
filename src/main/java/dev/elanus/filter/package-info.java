/**
 * The filter language: parsed, checked against a schema, evaluated over columns, estimated before it is run.
 */
@NullMarked
package dev.elanus.filter;

import org.jspecify.annotations.NullMarked;
