package org.netsplice.layers.kind;

import java.util.List;
import java.util.stream.Stream;

/**
 * A parameter of a layer's {@code call} in Keras.
 *
 * @param form what a call gives to it
 */
public record Parameter(String name, Form form) {

    /** What a call gives to a parameter, and how Keras writes it. */
    public enum Form {
        /** One value: a tensor, or a constant. */
        VALUE,
        /** One value that Keras writes by name behind the first argument, such as a mask. */
        KEYWORD,
        /** A list of tensors; Keras 2 also wrote the tensors one by one. */
        LIST,
        /** All positional arguments that no other parameter takes, as {@code *args} in Python. */
        REST
    }

    /** Parameters that take one value each. */
    public static List<Parameter> values(String... names) {
        return Stream.of(names).map(name -> new Parameter(name, Form.VALUE)).toList();
    }

    /** A parameter that takes one value. */
    public static Parameter value(String name) {
        return new Parameter(name, Form.VALUE);
    }

    /** A parameter that Keras writes by name. */
    public static Parameter keyword(String name) {
        return new Parameter(name, Form.KEYWORD);
    }

    /** A parameter that takes a list of tensors. */
    public static Parameter list(String name) {
        return new Parameter(name, Form.LIST);
    }

    /** A parameter that takes all positional arguments that are left. */
    public static Parameter rest(String name) {
        return new Parameter(name, Form.REST);
    }

    /** Whether it takes a list of tensors. */
    public boolean isList() {
        return form == Form.LIST;
    }

    /** Whether it takes the positional arguments that are left. */
    public boolean isRest() {
        return form == Form.REST;
    }
}
