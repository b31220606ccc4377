package org.netsplice.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.netsplice.check.Report;
import org.netsplice.config.Json;
import org.netsplice.diagram.Detail;
import org.netsplice.dl4j.CompiledNetwork;
import org.netsplice.dl4j.Engine;
import org.netsplice.edit.Document;
import org.netsplice.editor.BlockingArranger;
import org.netsplice.graph.Tensor;
import org.netsplice.predict.ImageReading;
import org.netsplice.predict.Inputs;
import org.netsplice.work.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures how long things take. */
@Command(
        name = "bench",
        description = "Median load, compile, layout and predict times in ms, and peak memory in MB.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: netsplice bench model.keras --batch 32 --runs 15 --format json"})
final class BenchCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelArgument model;

    @Mixin
    private EngineOption engine;

    @Option(names = "--batch", defaultValue = "1", paramLabel = "N", description = "Rows predicted together.")
    private int batch;

    @Option(names = "--runs", defaultValue = "15", paramLabel = "K", description = "How often each is measured.")
    private int runs;

    @Option(names = "--format", defaultValue = "text", description = "text or json.")
    private String format;

    private enum Form {
        TEXT,
        JSON
    }

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Form form = Choices.of(spec, "--format", format, Form.values());
        if (batch < 1 || runs < 1) {
            throw new ParameterException(spec.commandLine(), "--batch and --runs must be 1 or more");
        }
        Engine.start();
        Document document = model.open(console);
        CompiledNetwork network = engine.compile(document, Progress.NONE);
        Map<String, Tensor> data = new Inputs(network.inputs(), ImageReading.UNIT).random(batch, 0);
        Report report = Report.of(document.graph());
        Map<String, Object> results = new LinkedHashMap<>();
        results.put("model", String.valueOf(model.file().getFileName()));
        results.put("params", report.counts().parameters());
        results.put("batch", batch);
        results.put("load_ms", median(() -> model.open(console)));
        results.put("compile_ms", median(() -> engine.compile(document, Progress.NONE)));
        results.put(
                "layout_ms",
                median(() -> BlockingArranger.arrange(report, document.placement(), Detail.WINDOW, Progress.NONE)));
        results.put("predict_ms", median(() -> network.predict(data, batch, Progress.NONE)));
        results.put("peak_memory_mb", peakMemory());
        StringBuilder text = new StringBuilder();
        results.forEach((key, value) -> text.append(String.format(Locale.ROOT, "%-15s %s%n", key, value)));
        console.print(form == Form.JSON ? Json.of(results).pretty() + "\n" : text.toString());
        return ExitCode.DONE;
    }

    /** Two runs to warm up, then the median of the runs. */
    private double median(Runnable work) {
        work.run();
        work.run();
        double[] times = new double[runs];
        for (int i = 0; i < runs; i++) {
            long start = System.nanoTime();
            work.run();
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(times);
        return Math.round(times[runs / 2] * 1000) / 1000.0;
    }

    /** The largest resident size so far, where the system tells it; else the heap in use. */
    private static long peakMemory() {
        try {
            for (String line : java.nio.file.Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmHWM:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) >> 10;
                }
            }
        } catch (java.io.IOException problem) {
            return heap();
        }
        return heap();
    }

    private static long heap() {
        return Runtime.getRuntime().totalMemory() >> 20;
    }
}
