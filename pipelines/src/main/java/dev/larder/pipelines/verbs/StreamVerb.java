package dev.larder.pipelines.verbs;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.LakeFiles;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.StreamOptions;
import dev.larder.pipelines.run.ModelFile;
import dev.larder.pipelines.run.Sources;
import dev.larder.pipelines.run.StreamRun;
import dev.larder.pipelines.run.StreamStatus;

/** {@code larder stream}. */
public final class StreamVerb implements Verb<StreamOptions> {

  @Override
  public String name() {
    return "stream";
  }

  @Override
  public String summary() {
    return "Takes changes from Kafka into bronze and the vault, each exactly once.";
  }

  @Override
  public String example() {
    return "larder stream --model=vault.yaml --lake=/data/lake"
        + " --source=pos=mysql://larder@db:3306/pos?password=env:POS_PASSWORD"
        + " --bootstrapServers=kafka:9092 --trigger=INTERVAL";
  }

  @Override
  public Class<StreamOptions> options() {
    return StreamOptions.class;
  }

  @Override
  public void run(StreamOptions options, Console console, RunReport report) {
    if (options.getStatus()) {
      report.leaveNone();
      new StreamStatus(options, ModelFile.at(options.getModel()).model(), console).run();
      return;
    }
    LakeFiles.requireWritable(options.getLake());
    Sources sources = Sources.of(ModelFile.at(options.getModel()).model(), options.getSource());
    new StreamRun(options, sources, console).run(report);
  }
}
