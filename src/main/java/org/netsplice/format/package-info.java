/** Tells what a file is, and what can be opened and written. */
package org.netsplice.format;
