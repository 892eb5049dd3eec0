package dev.larder.testdata.chain;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.junit.Test;

public class InsertTextTest {
  @Test
  public void writesManyRowsAsOneStatementAndBeginsAnew() {
    InsertText text = new InsertText(ChainTable.RECIPES);

    text.add("A", "B", new BigDecimal("10.50"), null);
    text.add("C", "D", 1L, true);

    assertThat(text.rows(), is(2));
    assertThat(
        text.take(),
        is(
            "INSERT INTO pos.recipes (sku, ingredient_code, grams, waste_pct) VALUES"
                + " ('A','B',10.50,null),('C','D',1,1)"));
    assertThat(text.rows(), is(0));
    text.add("E", "F", 1, 2);
    assertThat(
        text.take(),
        is(
            "INSERT INTO pos.recipes (sku, ingredient_code, grams, waste_pct) VALUES"
                + " ('E','F',1,2)"));
  }

  @Test
  public void escapesQuotesAndBackslashes() {
    InsertText text = new InsertText(ChainTable.RECIPES);

    text.add("'s-Hertogenbosch", "\\' OR 1 --", LocalDate.of(2026, 1, 2), "ü");

    assertThat(
        text.take(),
        is(
            "INSERT INTO pos.recipes (sku, ingredient_code, grams, waste_pct) VALUES"
                + " ('\\'s-Hertogenbosch','\\\\\\' OR 1 --','2026-01-02','ü')"));
  }

  @Test
  public void writesTimesWithTheirFraction() {
    InsertText text = new InsertText(ChainTable.RECIPES);

    text.add(LocalDateTime.of(2026, 1, 2, 3, 4, 5, 6_000), 0, 0, 0);

    assertThat(text.take().endsWith("('2026-01-02T03:04:05.000006',0,0,0)"), is(true));
  }
}
