/** The project file. */
package org.netsplice.splice;
