package org.netsplice.dl4j.zip;

import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.netsplice.config.Json;

/**
 * What a class of DL4J is here.
 *
 * @param count how many parameters a layer with these fields has
 * @param wants what it wants to read
 * @param draw adds the layers that compute the same; throws {@link org.netsplice.problem.ModelException.Unsupported} with the reason when
 *     there are none, after which the layer is only drawn and kept
 */
record Rule(ToLongFunction<Json> count, Function<Json, Wanted> wants, Function<Site, Value> draw) {

    /** A class without parameters that reads any data. */
    static Rule plain(Function<Site, Value> draw) {
        return new Rule(settings -> 0, settings -> Wanted.SAME, draw);
    }

    /** A class without parameters. */
    static Rule plain(Function<Json, Wanted> wants, Function<Site, Value> draw) {
        return new Rule(settings -> 0, wants, draw);
    }

    /** A class that is only drawn and kept, for this reason. */
    static Rule kept(ToLongFunction<Json> count, String reason) {
        return new Rule(count, settings -> Wanted.SAME, site -> {
            throw site.settings().unsupported(reason);
        });
    }

    /** A class without parameters that is only drawn and kept, for this reason. */
    static Rule kept(String reason) {
        return kept(settings -> 0, reason);
    }
}
