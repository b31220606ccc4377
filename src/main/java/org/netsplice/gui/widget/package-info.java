/** Controls, dialogs and colours that know no document. */
package org.netsplice.gui.widget;
