/** An open document with its history, selection, picture and recovery copy. */
package org.netsplice.editor.session;
