/** Finds texts by words that were typed, also when they are misspelled or shortened. */
package org.netsplice.search;
