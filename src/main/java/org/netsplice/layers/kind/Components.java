package org.netsplice.layers.kind;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.netsplice.config.Json;

/**
 * The components of a kind's record and the settings they are read from and written as.
 *
 * @param kept settings that are written only where they are not the default
 * @param constants values of components that have no setting
 */
record Components(Map<String, Setting<?>> settings, Map<String, Setting<?>> kept, Map<String, Object> constants) {
    /** The components by record class, because Java's reflection collects them again on every call. */
    private static final ClassValue<List<RecordComponent>> PARTS = new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> record) {
            return List.of(record.getRecordComponents());
        }
    };

    private static final Map<String, String> SNAKES = new ConcurrentHashMap<>();

    /** Makes a record from a configuration. */
    Object made(Class<?> record, Json config) {
        List<Object> values = new ArrayList<>();
        for (RecordComponent component : PARTS.get(record)) {
            Setting<?> setting = setting(component);
            if (setting != null) {
                values.add(setting.read(config));
            } else if (component.getType() == Arguments.class) {
                values.add(Arguments.of(config));
            } else if (component.getType() == Parameters.class) {
                values.add(Parameters.of(config));
            } else if (constants.containsKey(component.getName())) {
                values.add(constants.get(component.getName()));
            } else {
                values.add(made(component.getType(), config));
            }
        }
        return make(record, values);
    }

    /** Writes the components of a record into a configuration; only those whose keys are wanted. */
    void collect(Record record, Predicate<String> wanted, Map<String, Object> config) {
        for (RecordComponent component : PARTS.get(record.getClass())) {
            Setting<?> setting = setting(component);
            if (setting != null) {
                boolean usual =
                        kept.containsKey(setting.name()) && setting.fallback().equals(value(component, record));
                if (wanted.test(setting.name()) && !usual) {
                    config.put(setting.name(), write(setting, value(component, record)));
                }
                continue;
            }
            Object value = value(component, record);
            if (value instanceof Arguments call) {
                if (!call.plain() && wanted.test(Kind.CALL)) {
                    config.put(Kind.CALL, call.named());
                }
            } else if (value instanceof Parameters free) {
                free.values().keys().stream()
                        .filter(wanted)
                        .forEach(key -> config.put(key, free.values().find(key).orElse(null)));
            } else if (value instanceof Record part && !constants.containsKey(component.getName())) {
                collect(part, wanted, config);
            }
        }
    }

    private Setting<?> setting(RecordComponent component) {
        String name = snake(component.getName());
        return settings.containsKey(name) ? settings.get(name) : kept.get(name);
    }

    @SuppressWarnings("unchecked")
    private static <T> Object write(Setting<T> setting, Object value) {
        return setting.write((T) value);
    }

    private static Object value(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (IllegalAccessException | InvocationTargetException problem) {
            throw new IllegalStateException(problem);
        }
    }

    private static Object make(Class<?> record, List<Object> values) {
        RecordComponent[] components = record.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = components[i].getType();
        }
        try {
            Constructor<?> constructor = record.getDeclaredConstructor(types);
            return constructor.newInstance(values.toArray());
        } catch (ReflectiveOperationException problem) {
            throw new IllegalStateException(record + " cannot be made of " + values, problem);
        }
    }

    /** The name of a component as Keras writes it: {@code kernelSize} becomes {@code kernel_size}. */
    private static String snake(String camel) {
        return SNAKES.computeIfAbsent(
                camel, name -> name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
    }
}
