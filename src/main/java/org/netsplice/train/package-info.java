/** Teaches the layers of a document from rows whose targets are known. */
package org.netsplice.train;
