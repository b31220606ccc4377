/** Pictures and summaries as files. */
package org.netsplice.export;
