/** Puts units, channels and heads in another order without a change of predictions, so that networks can be compared weight by weight. */
package org.netsplice.align;
