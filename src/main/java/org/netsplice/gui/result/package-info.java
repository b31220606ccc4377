/** Predictions, the summary and the problems of a document. */
package org.netsplice.gui.result;
