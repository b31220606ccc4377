/** Which file is this, and what can be opened and written. */
package org.netsplice.format;
