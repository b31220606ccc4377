/** One file for each kind of layer, and the catalogue of all kinds. */
package org.netsplice.layers;
