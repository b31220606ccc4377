/** The inspector: forms for layers, groups and the document. */
package org.netsplice.gui.form;
