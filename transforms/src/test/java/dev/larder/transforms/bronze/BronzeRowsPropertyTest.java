package dev.larder.transforms.bronze;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.Operation;
import dev.larder.io.changes.Origin;
import dev.larder.io.changes.TableRow;
import dev.larder.io.changes.TableSchema;
import dev.larder.io.changes.TableSpec;
import dev.larder.transforms.SourceFake;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class BronzeRowsPropertyTest {

  @Property(tries = 50)
  void changesComeBackEqual(@ForAll long seed) {
    BronzeRows rows = new BronzeRows();
    TableSpec spec = BronzeRows.spec(BronzeRowsTest.TABLE);
    TableSchema source =
        BronzeRows.source(BronzeRowsTest.TABLE.id(), spec.schema(), spec.properties());
    List<ChangeRecord> changes = new ArrayList<>(BronzeRowsTest.things(seed).logAfter(0));
    changes.add(
        ChangeRecord.read(BronzeRowsTest.TABLE, changes.get(0).after(), 5, SourceFake.sequence(0)));
    changes.add(
        new ChangeRecord(
            BronzeRowsTest.TABLE,
            Operation.TRUNCATE,
            null,
            null,
            7,
            SourceFake.sequence(99),
            Origin.LOG,
            null));

    for (ChangeRecord change : changes) {
      TableRow row = rows.row(change);

      assertThat(row.schema(), is(spec.schema()));
      assertThat(BronzeRows.change(source, row.schema(), row.values()), is(change));
    }
  }
}
