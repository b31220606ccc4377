/** How two documents differ, layer by layer. */
package org.netsplice.compare;
