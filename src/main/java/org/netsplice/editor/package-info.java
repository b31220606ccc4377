/** The editor without a screen: state, selection, gestures, recipes. */
package org.netsplice.editor;
