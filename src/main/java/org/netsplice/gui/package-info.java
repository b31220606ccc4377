/** The window; nothing else knows JavaFX. */
package org.netsplice.gui;
