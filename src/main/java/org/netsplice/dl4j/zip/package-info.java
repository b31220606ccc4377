/** Reading the zips of DL4J: architecture and numbers, nothing else of what they hold. */
package org.netsplice.dl4j.zip;
