package dev.larder.pipelines.verbs;

import dev.larder.pipelines.command.Console;
import dev.larder.pipelines.command.RunReport;
import dev.larder.pipelines.command.Verb;
import dev.larder.pipelines.options.ValidateOptions;
import dev.larder.pipelines.run.ModelFile;
import dev.larder.pipelines.run.Sources;
import dev.larder.transforms.model.ValidationReport;
import dev.larder.transforms.model.VaultModel;

/** {@code larder validate}. */
public final class ValidateVerb implements Verb<ValidateOptions> {

  @Override
  public String name() {
    return "validate";
  }

  @Override
  public String summary() {
    return "Checks a model: every mistake at once, against the sources too where they are given.";
  }

  @Override
  public String example() {
    return "larder validate --model=vault.yaml";
  }

  @Override
  public Class<ValidateOptions> options() {
    return ValidateOptions.class;
  }

  @Override
  public void run(ValidateOptions options, Console console, RunReport report) {
    ModelFile file = ModelFile.at(options.getModel());
    ValidationReport found = file.validate();
    found.orThrow();
    VaultModel model = file.model();
    boolean live = options.getSource() != null && !options.getSource().isEmpty();
    if (live) {
      found = file.validate(Sources.of(model, options.getSource()).catalogue());
      found.orThrow();
    }
    found.warnings().forEach(warning -> console.line("%s", warning));
    console.line(
        "%s: no mistake. %d hubs, %d links, %d source tables%s.",
        options.getModel(),
        model.hubs().size(),
        model.links().size(),
        model.tables().size(),
        live ? ", all of them and their columns are there" : "; not checked against the sources");
  }
}
