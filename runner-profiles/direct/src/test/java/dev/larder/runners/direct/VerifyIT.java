package dev.larder.runners.direct;

import static dev.larder.runners.direct.ChainSandbox.lake;
import static dev.larder.runners.direct.Command.larder;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;

import dev.larder.io.delta.DeltaSnapshot;
import dev.larder.io.delta.DeltaTable;
import dev.larder.io.delta.file.RowIterator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TestName;

/** {@code verify} passes on a good lake and names what is wrong in a damaged one. */
public class VerifyIT {
  @ClassRule public static final ChainSandbox CHAIN = ChainSandbox.of(VerifyIT.class);

  @Rule public final TestName test = new TestName();

  private static Path good;
  private static String compared;
  private Path damaged;

  @BeforeClass
  public static void loadLake() {
    good = CHAIN.path("lake");
    larder("snapshot", CHAIN.sources(), lake(good), CHAIN.kafka()).succeeded();
    larder("stream", CHAIN.sources(), lake(good), CHAIN.kafka()).succeeded();
    String said = larder("verify", CHAIN.sources(), lake(good)).succeeded().said();
    Matcher counted =
        Pattern.compile("Verify: ([0-9,]+) rows compared, no difference").matcher(said);
    assertThat(said, counted.find(), is(true));
    compared = counted.group(1);
  }

  @Before
  public void copyLake() throws IOException {
    damaged = CHAIN.path(test.getMethodName());
    Folders.copy(good, damaged);
  }

  @Test
  public void goodLakeHasNoDifference() {
    assertThat(Long.parseLong(compared.replace(",", "")), is(greaterThan(5_000L)));
  }

  @Test
  public void namesTheRowTheColumnAndBothValuesOfAChangedValue() {
    damage(
        "vault/sat_pizzeria_pos",
        rows -> rows.stream().filter(has("city", "Hamburg")).forEach(set("city", "Atlantis")));

    assertRefused(
        "vault/sat_pizzeria_pos from pos.pizzerias: country=DE, code=00011 city: source"
            + " \"Hamburg\", vault \"Atlantis\"");
  }

  @Test
  public void namesARowThatIsMissing() {
    damage("vault/sat_ingredient_erp", rows -> rows.removeIf(has("name", "Kalamata Olives")));

    assertRefused(
        "vault/sat_ingredient_erp from erp.materials: code=OLIVE-BLACK is missing in the vault");
  }

  @Test
  public void namesARowThatTheSourceDoesNotHave() {
    damage(
        "vault/product_history",
        rows -> {
          Map<String, Object> invented = new LinkedHashMap<>(rows.get(0));
          invented.put("ProductId", 4711L);
          rows.add(invented);
        });

    assertRefused(
        "vault/product_history from pos.products: ProductId=4711 is in the vault but not in the"
            + " source");
  }

  @Test
  public void namesARowThatIsThereTwice() {
    damage(
        "vault/product_history",
        rows -> rows.addAll(rows.stream().filter(has("ProductId", 1L)).toList()));

    assertRefused("vault/product_history from pos.products: ProductId=1 is in the vault 2 times");
  }

  private void assertRefused(String difference) {
    Command verify = larder("verify", CHAIN.sources(), lake(damaged));

    assertThat(
        verify.reason(),
        is(
            String.format(
                "1 difference between the vault and its sources (%s rows compared):%n%s",
                compared, difference)));
    assertThat(verify.code(), is(5));
  }

  /** Rewrites a table with its rows changed. */
  private void damage(String table, Consumer<List<Map<String, Object>>> change) {
    DeltaTable stored = DeltaTable.of(damaged.toString(), table);
    DeltaSnapshot before = stored.latest();
    List<String> names = before.schema().names();
    List<Map<String, Object>> rows = new ArrayList<>();
    try (RowIterator all = before.rows()) {
      all.forEachRemaining(
          row -> {
            Map<String, Object> byName = new LinkedHashMap<>();
            names.forEach(name -> byName.put(name, row[names.indexOf(name)]));
            rows.add(byName);
          });
    }
    change.accept(rows);
    stored.replace(
        before.schema(),
        rows.stream().map(row -> names.stream().map(row::get).toArray()).iterator());
  }

  private static Predicate<Map<String, Object>> has(String column, Object value) {
    return row -> value.equals(row.get(column));
  }

  private static Consumer<Map<String, Object>> set(String column, Object value) {
    return row -> row.put(column, value);
  }
}
