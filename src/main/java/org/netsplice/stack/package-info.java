/** Heads that learn from rows how to join what networks say. */
package org.netsplice.stack;
