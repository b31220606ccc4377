/** Computing in a process of its own, whose failures cost nothing that is being edited. */
package org.netsplice.engine;
