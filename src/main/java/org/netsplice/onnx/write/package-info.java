/** Writing documents as ONNX files. */
package org.netsplice.onnx.write;
