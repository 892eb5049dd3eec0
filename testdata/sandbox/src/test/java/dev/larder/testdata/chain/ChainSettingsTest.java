package dev.larder.testdata.chain;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import dev.larder.io.changes.UserException;
import java.time.LocalDate;
import org.junit.Test;

public class ChainSettingsTest {
  @Test
  public void refusesAChainWithoutPizzerias() {
    ChainSettings settings = ChainSettings.endingOn(LocalDate.of(2026, 6, 30));

    UserException error = assertThrows(UserException.class, () -> settings.withPizzerias(0));

    assertThat(error.getMessage(), is("Chain setting pizzerias=0: must be from 1 to 60000."));
  }

  @Test
  public void theHistoryEndsWithTheLastDay() {
    ChainSettings settings = ChainSettings.endingOn(LocalDate.of(2026, 6, 30)).withDays(1);

    assertThat(settings.firstDay(), is(settings.lastDay()));
  }
}
