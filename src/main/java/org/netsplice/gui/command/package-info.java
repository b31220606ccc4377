/** Everything a user can do by menu, by key or by name. */
package org.netsplice.gui.command;
