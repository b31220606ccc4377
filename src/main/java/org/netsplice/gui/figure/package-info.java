/** The dialog that exports pictures, with what they will look like. */
package org.netsplice.gui.figure;
