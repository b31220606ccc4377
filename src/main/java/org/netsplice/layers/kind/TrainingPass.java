package org.netsplice.layers.kind;

import java.util.random.RandomGenerator;

/**
 * How a layer is called while a network is trained.
 *
 * @param trainable whether the layer's own weights are trained; a frozen batch normalisation keeps to its moving statistics
 * @param random where layers such as dropout draw from
 */
public record TrainingPass(boolean trainable, RandomGenerator random) {}
