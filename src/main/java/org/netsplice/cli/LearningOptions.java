package org.netsplice.cli;

import java.util.List;
import java.util.Map;
import org.netsplice.train.Optimizer;
import org.netsplice.train.Options;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options for how a network learns: the optimizer, its rate, and when it is enough. */
final class LearningOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--optimizer",
            defaultValue = "adam",
            paramLabel = "NAME",
            description = "adam, adamw, sgd, rmsprop or nadam; ${DEFAULT-VALUE} if not given.")
    private String optimizer;

    @Option(names = "--momentum", paramLabel = "M", description = "Of sgd and rmsprop, 0 to 1; 0 if not given.")
    private Double momentum;

    @Option(names = "--nesterov", description = "Lets the momentum of sgd look ahead.")
    private boolean nesterov;

    @Option(
            names = "--lr",
            defaultValue = "0.001",
            paramLabel = "R",
            description = "The learning rate; ${DEFAULT-VALUE} if not given.")
    private double rate;

    @Option(
            names = "--schedule",
            defaultValue = "constant",
            paramLabel = "NAME",
            description =
                    "How the rate goes on: constant, exponential (0.9 of it each epoch) or cosine (down to 0 at the end).")
    private String schedule;

    @Option(
            names = "--epochs",
            defaultValue = "10",
            paramLabel = "N",
            description = "How often all rows are gone through; ${DEFAULT-VALUE} if not given.")
    private int epochs;

    @Option(
            names = "--patience",
            defaultValue = "0",
            paramLabel = "N",
            description = "Stop after N epochs without a better loss; never if not given.")
    private int patience;

    @Option(names = "--seed", defaultValue = "0", paramLabel = "N", description = "Of everything that is drawn.")
    private long seed;

    @Option(names = "--no-shuffle", description = "Take the rows in their order in every epoch.")
    private boolean inOrder;

    @Option(
            names = "--class-weights",
            paramLabel = "balanced",
            description = "Let rare classes count as much as frequent ones.")
    private String classWeights;

    /** How often all rows are gone through. */
    int epochs() {
        return epochs;
    }

    /** After how many epochs without a better loss training stops; 0 for never. */
    int patience() {
        return patience;
    }

    /**
     * How to train.
     *
     * @param batch rows of a step
     * @param held the share of the rows that is held back for validation
     */
    Options options(int batch, double held) {
        boolean fits = rate > 0 && Double.isFinite(rate) && epochs >= 1 && patience >= 0 && batch >= 1;
        if (!fits) {
            throw usage("--lr must be above 0, --epochs and --batch 1 or more, and --patience 0 or more");
        }
        if (classWeights != null && !classWeights.equals("balanced")) {
            throw usage(Choices.sentence("--class-weights", classWeights, List.of("balanced"), Map.of()));
        }
        return Options.STANDARD
                .withOptimizer(optimizer())
                .withRate(rate)
                .withDecay(Choices.of(spec, "--schedule", schedule, Options.Decay.values()))
                .withEpochs(epochs)
                .withBatch(batch)
                .withPatience(patience)
                .withSeed(seed)
                .withShuffled(!inOrder)
                .withHeld(held)
                .withBalanced(classWeights != null);
    }

    private Optimizer optimizer() {
        Optimizer plain = Optimizer.named(optimizer)
                .orElseThrow(() -> usage(Choices.sentence("--optimizer", optimizer, Optimizer.names(), Map.of())));
        if (momentum == null && !nesterov) {
            return plain;
        }
        double share = momentum == null ? 0 : momentum;
        if (!(share >= 0 && share <= 1)) {
            throw usage("--momentum must be between 0 and 1");
        }
        if (plain instanceof Optimizer.Sgd) {
            return new Optimizer.Sgd(share, nesterov);
        }
        if (plain instanceof Optimizer.RmsProp usual && !nesterov) {
            return new Optimizer.RmsProp(usual.rho(), share);
        }
        throw usage("--momentum is for sgd and rmsprop, and --nesterov for sgd");
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }
}
