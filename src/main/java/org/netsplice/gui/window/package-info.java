/** The window itself: documents in tabs, and how their parts are put together. */
package org.netsplice.gui.window;
