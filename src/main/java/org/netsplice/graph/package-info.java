/** The network as a value, and questions about who feeds whom. */
package org.netsplice.graph;
