/** JSON as a value that knows its place, and the bounded parser. */
package org.netsplice.config;
