/** What every part of the window asks of it, and failures in words. */
package org.netsplice.gui;
