/** What the layers inside a network give for chosen rows, and what they look at. */
package org.netsplice.inside;
