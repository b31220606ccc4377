/** How good a document and its parts are on rows whose targets are known, and what they learn from them. */
package org.netsplice.gui.score;
