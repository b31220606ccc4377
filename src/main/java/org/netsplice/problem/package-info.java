/** What went wrong, where, and what helps. */
package org.netsplice.problem;
