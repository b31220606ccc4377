package org.netsplice.dl4j.zip;

import java.util.Map;
import org.netsplice.layers.kind.Kind;

/**
 * A layer of the catalogue.
 *
 * @param kind its kind
 * @param settings as Keras writes them
 */
record Step(Kind<?> kind, Map<String, ?> settings) {}
