/**
 * The read path: snapshot, plan, prune, fan out, merge, rerank; what each consistency level promises.
 */
@NullMarked
package dev.elanus.search;

import org.jspecify.annotations.NullMarked;
