/** Guarded reading and atomic writing of zip, npy, npz and safetensors. */
package org.netsplice.container;
