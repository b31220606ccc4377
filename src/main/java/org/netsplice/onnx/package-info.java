/** Reading ONNX files: operators become layers of the catalogue. */
package org.netsplice.onnx;
