/** Documents, what an edit is, and the history of a document. */
package org.netsplice.edit;
