/** The numeric operations layers are made of, each checked before it reaches native code. */
package org.netsplice.ops;
