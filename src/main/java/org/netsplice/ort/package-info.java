/** Computing documents by ONNX Runtime, where that gives what DL4J gives. */
package org.netsplice.ort;
