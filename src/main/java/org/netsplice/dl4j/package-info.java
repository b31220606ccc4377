/** From a document to a running DL4J graph, and its zip. */
package org.netsplice.dl4j;
