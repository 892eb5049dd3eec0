package dev.larder.pipelines.conformance;

import dev.larder.io.changes.Column;
import dev.larder.io.changes.RowSchema;
import dev.larder.transforms.vault.Stamps;
import java.util.ArrayList;
import java.util.List;

/** The columns of a table, by name. */
record TargetColumns(Model model, Target target, RowSchema schema) {

  Column one(String name) {
    return schema.column(schema.position(name));
  }

  Column key() {
    return one(target.keyColumn());
  }

  /** The load date, the source, and what else says whence and when; and more. */
  @SafeVarargs
  final Stamps stamps(String order, List<String>... more) {
    List<Column> stamps =
        of(
            model.names("src_eff"),
            model.names("src_extra_columns"),
            model.names("src_ldts"),
            model.names("src_source"),
            List.of(Target.PLACE));
    stamps.addAll(of(more));
    return new Stamps(stamps, order);
  }

  @SafeVarargs
  final List<Column> of(List<String>... names) {
    List<Column> columns = new ArrayList<>();
    for (List<String> some : names) {
      some.forEach(name -> columns.add(one(name)));
    }
    return columns;
  }
}
