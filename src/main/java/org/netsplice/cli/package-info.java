/** The commands of the command line, all thin. */
package org.netsplice.cli;
