/** Documents, the edits that turn one into another, and their history. */
package org.netsplice.edit;
