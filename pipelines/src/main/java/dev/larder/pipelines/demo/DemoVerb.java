package dev.larder.pipelines.demo;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.DemoOptions;

/** {@code larder demo}. */
public final class DemoVerb implements Verb<DemoOptions> {

  @Override
  public String name() {
    return "demo";
  }

  @Override
  public String summary() {
    return "The whole way on a generated pizza chain: MySQL, Kafka, vault, mart, forecast, report.";
  }

  @Override
  public String example() {
    return "larder demo --pizzerias=12 --days=90";
  }

  @Override
  public Class<DemoOptions> options() {
    return DemoOptions.class;
  }

  @Override
  public void run(DemoOptions options, Console console, RunReport report) throws Exception {
    new Demo(options, console).run();
  }
}
