/** What is known about a graph: shapes, weights, counts, problems. */
package org.netsplice.check;
