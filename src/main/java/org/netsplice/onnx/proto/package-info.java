/** The messages of the ONNX format, read and written with limits. */
package org.netsplice.onnx.proto;
