/** What the pointer does on the canvas: moving, wiring, dropping, cutting, selecting. */
package org.netsplice.editor.gesture;
