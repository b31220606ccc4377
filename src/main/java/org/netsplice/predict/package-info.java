/** Files to batches of numbers, and predictions to files and tables. */
package org.netsplice.predict;
