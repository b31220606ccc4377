/** Reading what Keras writes: archives, HDF5, architectures with separate weights. */
package org.netsplice.keras;
