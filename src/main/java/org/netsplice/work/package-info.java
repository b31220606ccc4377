/** Something slow that reports progress and can be stopped, and the threads it runs on. */
package org.netsplice.work;
