package org.netsplice.dl4j.zip;

import java.util.Map;
import java.util.Optional;
import org.netsplice.config.Json;

/** Layers around another layer, whose parameters are those of the layer inside. */
final class WrapperRules {
    private static final String UNDERLYING = "underlying";

    private final Map<String, Rule> rules;

    private WrapperRules(Map<String, Rule> rules) {
        this.rules = rules;
    }

    static void addTo(Map<String, Rule> rules) {
        WrapperRules wrappers = new WrapperRules(rules);
        rules.put("layers.misc.FrozenLayer", wrappers.frozen("layer"));
        rules.put("layers.misc.FrozenLayerWithBackprop", wrappers.frozen(UNDERLYING));
        rules.put("layers.recurrent.LastTimeStep", wrappers.around(wrappers::last));
        rules.put(
                "layers.recurrent.TimeDistributed",
                new Rule(
                        wrappers::count,
                        settings -> Wanted.of(
                                Layout.named(Site.text(settings, "rnnDataFormat", "NCW")),
                                wrappers.rule(inner(settings, UNDERLYING))
                                        .wants()
                                        .apply(inner(settings, UNDERLYING).settings())
                                        .features()),
                        wrappers::distributed));
        rules.put("layers.util.MaskZeroLayer", wrappers.around(site -> {
            throw site.settings().unsupported("steps that are left out by their values have no counterpart here");
        }));
    }

    private static ClassNames.Named inner(Json settings, String key) {
        return ClassNames.of(settings.get(key));
    }

    private Rule rule(ClassNames.Named inside) {
        return Optional.ofNullable(rules.get(inside.name()))
                .orElseThrow(() -> inside.settings()
                        .unsupported("the layer inside, " + ClassNames.shown(inside.name())
                                + ", is no layer this program knows"));
    }

    private long count(Json settings) {
        ClassNames.Named inside = inner(settings, UNDERLYING);
        return rule(inside).count().applyAsLong(inside.settings());
    }

    private Rule around(java.util.function.Function<Site, Value> draw) {
        return new Rule(
                this::count,
                settings -> {
                    ClassNames.Named inside = inner(settings, UNDERLYING);
                    return rule(inside).wants().apply(inside.settings());
                },
                draw);
    }

    private Rule frozen(String key) {
        return new Rule(
                settings -> rule(inner(settings, key))
                        .count()
                        .applyAsLong(inner(settings, key).settings()),
                settings -> rule(inner(settings, key))
                        .wants()
                        .apply(inner(settings, key).settings()),
                site -> {
                    ClassNames.Named inside = inner(site.settings(), key);
                    return rule(inside).draw().apply(site.with(inside.settings(), false));
                });
    }

    /** The last step: a plain recurrent layer gives it itself, of any other sequence it is taken. */
    private Value last(Site site) {
        ClassNames.Named inside = inner(site.settings(), UNDERLYING);
        Site within = site.with(inside.settings(), site.trainable());
        if (RecurrentRules.has(inside.name())) {
            return RecurrentRules.sequence(within, inside.name(), false);
        }
        Value steps = rule(inside).draw().apply(within);
        return Steps.last(site, steps);
    }

    private Value distributed(Site site) {
        ClassNames.Named inside = inner(site.settings(), UNDERLYING);
        site.reading(site.value().layout().sequence(), "sequence");
        Value folded = site.value().as(Layout.FOLDED);
        return rule(inside)
                .draw()
                .apply(site.with(inside.settings(), site.trainable()).reading(folded))
                .as(site.value().layout());
    }
}
