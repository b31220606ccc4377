/** What the program remembers about its user, the samples, and small questions answered without a screen. */
package org.netsplice.editor;
