/** Reading and writing Keras files: archives, HDF5, architectures with separate weights. */
package org.netsplice.keras;
