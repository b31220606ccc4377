/** Tells how good networks are on rows whose targets are known. */
package org.netsplice.bench;
