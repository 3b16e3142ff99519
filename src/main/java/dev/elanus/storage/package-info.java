/**
 * Objects: ranged get, put-if-absent, list, delete; memory, folder and S3 stores; the local mirror of remote objects.
 */
@NullMarked
package dev.elanus.storage;

import org.jspecify.annotations.NullMarked;
