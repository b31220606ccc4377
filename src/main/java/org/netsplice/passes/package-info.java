/** Changes a graph, before it is compiled, into one that computes the same in less time. */
package org.netsplice.passes;
