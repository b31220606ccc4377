/** The start of the program and the wiring of its parts. */
package org.netsplice.app;
