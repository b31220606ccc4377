/** The picture of a document, and the views beside it that find and add layers. */
package org.netsplice.gui.canvas;
