/** The operations of keras.ops, in families. */
package org.netsplice.layers.operation;
