/**
 * Nothing but tests: Milvus's Java SDK against the packaged server. They are a module of their own because the SDK's messages have the names
 * of those that the server generates.
 */
package dev.elanus.clients;
