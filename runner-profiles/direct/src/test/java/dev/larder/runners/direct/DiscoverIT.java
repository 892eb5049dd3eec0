package dev.larder.runners.direct;

import static dev.larder.runners.direct.Command.larder;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.ClassRule;
import org.junit.Test;

/** {@code discover} drafts models of the chain's real databases that {@code validate} accepts. */
public class DiscoverIT {
  @ClassRule public static final ChainSandbox CHAIN = ChainSandbox.of(DiscoverIT.class);

  private static List<String> databases() {
    return List.of(CHAIN.source("pos"), CHAIN.source("erp"));
  }

  @Test
  public void draftOfTheChainIsAModelOfIt() throws IOException {
    Path out = CHAIN.path("drafted.yaml");

    String said = larder("discover", databases(), List.of("--out=" + out)).succeeded().said();

    assertThat(said, containsString("a draft of 10 tables with "));
    assertThat(
        Files.readString(out),
        allOf(
            containsString("  order: {key: [country_code, order_no], normal: upper}\n"),
            containsString("  order_line: {hubs: [order, product], child: [line_no]}\n"),
            containsString("  recipe: {hubs: [product, ingredient]}\n"),
            containsString("kind: transaction}\n"),
            containsString("  # about 2 rows\n  pos.pizzerias:\n")));
    assertThat(
        larder("validate", List.of("--model=" + out), databases()).succeeded().said(),
        containsString("no mistake. 7 hubs, 5 links, 10 source tables"));
  }

  @Test
  public void draftNeverOverwritesAFile() throws IOException {
    Path out = CHAIN.path("mine.yaml");
    Files.writeString(out, "vault: mine\n");

    Command discover = larder("discover", databases(), List.of("--out=" + out));

    assertThat(discover.code(), is(2));
    assertThat(
        discover.reason(),
        is("--out=" + out + " is there already and is never overwritten. Name another file."));
    assertThat(Files.readString(out), is("vault: mine\n"));
  }

  @Test
  public void someTablesAreDraftedToTheConsole() {
    String said =
        larder("discover", databases(), List.of("--tables=pos.order*")).succeeded().said();

    assertThat(
        said,
        allOf(
            containsString("vault: pos\n"),
            containsString("  pos.order_lines:\n"),
            containsString("        kind: multi_active\n"),
            not(containsString("products")),
            not(containsString("erp"))));
  }

  @Test
  public void unknownTableIsAnsweredWithTheKnownOnes() {
    Command discover = larder("discover", databases(), List.of("--tables=pos.ordes"));

    assertThat(discover.code(), is(2));
    assertThat(
        discover.reason(),
        is(
            "--tables=pos.ordes: there is no such table. Known: pos.order_lines, pos.orders,"
                + " pos.pizzerias, pos.products, pos.recipes, erp.consumption, erp.materials,"
                + " erp.stock_movements, erp.units, erp.vendors. Did you mean \"pos.orders\"?"));
  }
}
