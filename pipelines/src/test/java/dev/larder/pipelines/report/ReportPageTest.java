package dev.larder.pipelines.report;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.Test;

public class ReportPageTest {
  private static final String HOSTILE = "</script><b onclick='x'>&amp;<!--\u2028\u2029/*DATA*/null";

  @Test
  public void textOfTheDataStaysText() throws Exception {
    ReportData data = named(HOSTILE);

    String page = ReportPage.of(data);

    String json = json(page);
    assertThat(Pattern.compile("[<>&'\u2028\u2029]").matcher(json).find(), is(false));
    JsonNode read = new ObjectMapper().readTree(json);
    assertThat(read.at("/forecasts/0/groups/0/series/0/item").asText(), is(HOSTILE));
    assertThat(page.split("</script>", -1).length, is(2));
    assertThat(page, not(containsString("<b onclick")));
  }

  @Test
  public void namesAreWrittenAsThePagesScriptReadsThem() {
    String json = ReportPage.json(named("tea"));

    assertThat(
        json,
        is(
            "{\"title\":\"t\",\"subtitle\":\"s\",\"tiles\":[{\"label\":\"dead letters\","
                + "\"value\":\"1\",\"state\":\"bad\"}],\"notes\":[],\"forecasts\":[{"
                + "\"table\":\"forecasts/sales\",\"origin_day\":20000,\"history_day\":19999,"
                + "\"first_day\":20001,\"days\":1,\"unit\":\"pieces\",\"group_columns\":\"shop\","
                + "\"item_columns\":\"article\",\"groups\":[{\"label\":\"7\",\"series\":[{"
                + "\"item\":\"tea\",\"model\":\"naive\",\"score\":0.5,\"history\":[1,null],"
                + "\"mean\":[2],\"lo80\":[1],\"hi80\":[3]}],\"series_left_out\":0}],"
                + "\"groups_in_lake\":1,\"series_in_lake\":1}],\"batches\":[{\"batch\":1,"
                + "\"records\":2,\"dead_letters\":0,\"seconds\":0.5,\"lag\":null}],"
                + "\"batches_left_out\":0,\"verified\":null,\"letters\":[],\"runs\":[{"
                + "\"verb\":\"stream\",\"started_at\":\"2024\",\"seconds\":1.0,\"exit_code\":0,"
                + "\"message\":\"\"}],\"runs_left_out\":0,\"tables\":[{\"name\":\"vault/hub\","
                + "\"rows\":1,\"files\":1,\"bytes\":2,\"version\":0}]}"));
  }

  @Test
  public void thePageNeedsNothingOutsideOfIt() {
    String page = ReportPage.of(named("tea"));

    assertThat(Pattern.compile("(src|href)\\s*=\\s*[\"']?[a-z/]").matcher(page).find(), is(false));
    assertThat(
        Pattern.compile("@import|url\\(|fetch\\(|innerHTML").matcher(page).find(), is(false));
    assertThat(page, containsString("content=\"default-src 'none';"));
  }

  private static String json(String page) {
    String start = "const DATA = ";
    int from = page.indexOf(start) + start.length();
    return page.substring(from, page.indexOf(";\n", from));
  }

  private static ReportData named(String item) {
    ForecastSheet.Series series =
        new ForecastSheet.Series(
            item,
            "naive",
            0.5,
            Figures.rounded(new double[] {1, Double.NaN}),
            List.of(2L),
            List.of(1L),
            List.of(3L));
    ForecastSheet sheet =
        new ForecastSheet(
            "forecasts/sales",
            20_000,
            19_999,
            20_001,
            1,
            "pieces",
            "shop",
            "article",
            List.of(new ForecastSheet.Group("7", List.of(series), 0)),
            1,
            1);
    return new ReportData(
        "t",
        "s",
        List.of(new Tile("dead letters", "1", Tile.State.BAD)),
        List.of(),
        List.of(sheet),
        List.of(new Batch(1, 2, 0, 0.5, null)),
        0,
        null,
        List.of(),
        List.of(new ReportData.Run("stream", "2024", 1, 0, "")),
        0,
        List.of(new LakeTable("vault/hub", 1, 1, 2, 0)));
  }
}
