/** What a picture of a graph says and looks like, on any surface. */
package org.netsplice.diagram;
