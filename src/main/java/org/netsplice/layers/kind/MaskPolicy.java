package org.netsplice.layers.kind;

/** The version whose rules for masks a layer follows, where Keras 3 differs from earlier versions; source: {@code keras.layers} of 3.15 and tf-keras 2.21. */
public enum MaskPolicy {
    /** The rules of Keras 3. */
    KERAS_3,
    /** The rules of Keras 1 and 2, which only layers of their files have. */
    KERAS_2;

    /** The setting that holds the policy; no version of Keras writes it to its files. */
    public static final Setting<MaskPolicy> SETTING =
            Setting.choice("mask_policy", KERAS_3, "Which version of Keras treats masks as this layer does.");

    /** What the setting is for a file of Keras 1 or 2. */
    static final Object OLD = SETTING.write(KERAS_2);

    /** Whether the rules are those of Keras 1 and 2. */
    public boolean old() {
        return this == KERAS_2;
    }
}
