package org.netsplice.train;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How gradients change weights, by the rules of {@code keras.optimizers}. */
public sealed interface Optimizer {
    /** What Adam, AdamW, Nadam and RMSprop add to a divisor. */
    double EPSILON = 1e-7;

    /** How many numbers are kept for each weight between steps; they start at 0. */
    int slots();

    /**
     * Changes weights.
     *
     * @param weights numbers to change
     * @param gradient as many numbers
     * @param kept {@link #slots} arrays of as many numbers
     * @param rate the learning rate
     * @param step the number of the step, from 1
     */
    void update(double[] weights, double[] gradient, double[][] kept, double rate, long step);

    /** The names that {@link #named} knows. */
    static List<String> names() {
        return List.of("adam", "adamw", "sgd", "rmsprop", "nadam");
    }

    /** The optimizer of this name with Keras' defaults. */
    static Optional<Optimizer> named(String text) {
        return Optional.ofNullable(
                switch (text.toLowerCase(Locale.ROOT)) {
                    case "adam" -> Adam.STANDARD;
                    case "adamw" -> new Adam(0.9, 0.999, 0.004);
                    case "sgd" -> new Sgd(0, false);
                    case "rmsprop" -> new RmsProp(0.9, 0);
                    case "nadam" -> new Nadam(0.9, 0.999);
                    default -> null;
                });
    }

    /**
     * Against the gradient.
     *
     * @param momentum the share of the last step that is made again, 0 to 1
     * @param nesterov whether the gradient counts once more on top of the momentum
     */
    record Sgd(double momentum, boolean nesterov) implements Optimizer {
        @Override
        public int slots() {
            return momentum == 0 ? 0 : 1;
        }

        @Override
        public void update(double[] weights, double[] gradient, double[][] kept, double rate, long step) {
            for (int i = 0; i < weights.length; i++) {
                double change = -rate * gradient[i];
                if (momentum != 0) {
                    kept[0][i] = momentum * kept[0][i] + change;
                    change = nesterov ? momentum * kept[0][i] + change : kept[0][i];
                }
                weights[i] += change;
            }
        }
    }

    /**
     * By moving means of gradients and of their squares.
     *
     * @param decay the share of every weight that is taken off before a step, times the rate: AdamW; 0 for Adam
     */
    record Adam(double beta1, double beta2, double decay) implements Optimizer {
        static final Adam STANDARD = new Adam(0.9, 0.999, 0);

        @Override
        public int slots() {
            return 2;
        }

        @Override
        public void update(double[] weights, double[] gradient, double[][] kept, double rate, long step) {
            double size = rate * Math.sqrt(1 - Math.pow(beta2, (double) step)) / (1 - Math.pow(beta1, (double) step));
            for (int i = 0; i < weights.length; i++) {
                kept[0][i] += (gradient[i] - kept[0][i]) * (1 - beta1);
                kept[1][i] += (gradient[i] * gradient[i] - kept[1][i]) * (1 - beta2);
                weights[i] -= weights[i] * decay * rate;
                weights[i] -= size * kept[0][i] / (Math.sqrt(kept[1][i]) + EPSILON);
            }
        }
    }

    /**
     * By the gradient over the root of a moving mean of its squares.
     *
     * @param rho how slowly the mean follows
     * @param momentum the share of the last step that is made again, 0 to 1
     */
    record RmsProp(double rho, double momentum) implements Optimizer {
        @Override
        public int slots() {
            return momentum == 0 ? 1 : 2;
        }

        @Override
        public void update(double[] weights, double[] gradient, double[][] kept, double rate, long step) {
            for (int i = 0; i < weights.length; i++) {
                kept[0][i] = rho * kept[0][i] + (1 - rho) * gradient[i] * gradient[i];
                double change = rate * gradient[i] / Math.sqrt(kept[0][i] + EPSILON);
                if (momentum != 0) {
                    kept[1][i] = momentum * kept[1][i] + change;
                    change = kept[1][i];
                }
                weights[i] -= change;
            }
        }
    }

    /** Adam with Nesterov's momentum. */
    record Nadam(double beta1, double beta2) implements Optimizer {
        private static final double DECAY = 0.96;

        @Override
        public int slots() {
            return 2;
        }

        @Override
        public void update(double[] weights, double[] gradient, double[][] kept, double rate, long step) {
            double now = share(step);
            double next = share(step + 1);
            double product = product(step);
            double spread = 1 - Math.pow(beta2, (double) step);
            for (int i = 0; i < weights.length; i++) {
                kept[0][i] += (gradient[i] - kept[0][i]) * (1 - beta1);
                kept[1][i] += (gradient[i] * gradient[i] - kept[1][i]) * (1 - beta2);
                double mean = next * kept[0][i] / (1 - product * next) + (1 - now) * gradient[i] / (1 - product);
                weights[i] -= rate * mean / (Math.sqrt(kept[1][i] / spread) + EPSILON);
            }
        }

        private double share(long step) {
            return beta1 * (1 - 0.5 * Math.pow(DECAY, (double) step));
        }

        private double product(long steps) {
            double product = 1;
            for (long step = 1; step <= steps && product > 0; step++) {
                product *= share(step);
            }
            return product;
        }
    }
}
