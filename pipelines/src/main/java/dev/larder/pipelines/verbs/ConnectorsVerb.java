package dev.larder.pipelines.verbs;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.ConnectorsOptions;
import dev.larder.pipelines.run.ConnectorsRun;
import dev.larder.pipelines.run.ModelFile;
import dev.larder.pipelines.run.Sources;

/** {@code larder connectors}. */
public final class ConnectorsVerb implements Verb<ConnectorsOptions> {

  @Override
  public String name() {
    return "connectors";
  }

  @Override
  public String summary() {
    return "Renders, creates, updates, pauses, restarts or removes the Debezium connectors.";
  }

  @Override
  public String example() {
    return "larder connectors --action=STATUS --model=vault.yaml"
        + " --source=pos=mysql://larder@db:3306/pos?password=env:POS_PASSWORD"
        + " --bootstrapServers=kafka:9092 --connect=http://connect:8083";
  }

  @Override
  public Class<ConnectorsOptions> options() {
    return ConnectorsOptions.class;
  }

  @Override
  public void run(ConnectorsOptions options, Console console, RunReport report) {
    Sources sources = Sources.of(ModelFile.at(options.getModel()).model(), options.getSource());
    new ConnectorsRun(options, sources, console).run();
  }
}
