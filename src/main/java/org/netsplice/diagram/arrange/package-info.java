/** Where the boxes and wires of a picture are. */
package org.netsplice.diagram.arrange;
