/** From text to tokens: the analyzers of full-text search and text match, by Lucene's tokenizers and filters. */
@NullMarked
package dev.elanus.analysis;

import org.jspecify.annotations.NullMarked;
