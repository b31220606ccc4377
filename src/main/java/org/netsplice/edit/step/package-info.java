/** The edits: everything a user can do to a document. */
package org.netsplice.edit.step;
