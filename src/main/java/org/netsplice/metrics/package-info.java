/** What metrics say of predictions and targets. */
package org.netsplice.metrics;
