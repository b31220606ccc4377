/** How good a document and its parts are on rows whose targets are known. */
package org.netsplice.gui.score;
