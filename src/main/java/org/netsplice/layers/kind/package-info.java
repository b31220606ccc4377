/** What a kind of layer is: its settings, the parameters of a call, what older Keras called it, and how a layer of it computes. */
package org.netsplice.layers.kind;
