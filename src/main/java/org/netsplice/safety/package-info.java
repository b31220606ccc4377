/** What a file holds, what of it was not trusted or left out, and which code it would have run elsewhere. */
package org.netsplice.safety;
