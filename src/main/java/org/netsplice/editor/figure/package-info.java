/** Documents drawn as pictures for files, and the choices that were made for them last. */
package org.netsplice.editor.figure;
