/** What the layers of a network give for a row of data, as numbers and as pictures. */
package org.netsplice.gui.inside;
