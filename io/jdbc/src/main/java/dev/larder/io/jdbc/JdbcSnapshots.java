package dev.larder.io.jdbc;

import dev.larder.io.changes.ChangeRecord;
import dev.larder.io.changes.ChangeRecordCoder;
import dev.larder.io.changes.TableChanges;
import dev.larder.io.jdbc.RangeDataSource.Show;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.io.jdbc.JdbcIO;
import org.apache.beam.sdk.transforms.PTransform;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.values.PCollection;

/** Reads tables of MySQL databases through {@link JdbcIO}. */
public final class JdbcSnapshots {

  private JdbcSnapshots() {}

  /** Reads ranges of tables as change records; see {@link ReadRanges}. */
  public static ReadRanges readRanges() {
    return new ReadRanges(
        Map.of(), ReadRanges.DEFAULT_FETCH_SIZE, 8, RetryPolicy.DEFAULT, BrakeLimits.NONE);
  }

  /**
   * Reads ranges of any number of tables of any number of sources: tables and ranges are elements,
   * the graph has the same two steps for all of them.
   *
   * <p><b>Input</b>: {@link TableRange}s, in any order; bounded. <b>Output</b>: one READ record a
   * row, in no order.
   *
   * <p><b>Guarantees</b>: every row that was there when its range was opened comes out once, as it
   * was at that moment: a range is one statement, which InnoDB answers from one view of the data
   * and without locks (one view a range, not one for all: what changes meanwhile is in the log
   * behind P0, and the hand-over puts it right). If a range breaks off it goes on behind the last
   * row read (with a newer view); where the key does not allow that and rows are out already, the
   * bundle fails and the runner repeats it.
   *
   * <p><b>Cost</b>: rows are streamed; a worker holds {@code fetchSize} rows for each range it
   * reads.
   *
   * <p><b>Errors</b>: {@link dev.larder.io.changes.SourceException} when a range cannot be read.
   * Metrics are in {@link MetricNames}.
   */
  public static final class ReadRanges
      extends PTransform<PCollection<TableRange>, PCollection<ChangeRecord>> {
    private static final long serialVersionUID = 1L;

    /** Larger ones were no faster. */
    public static final int DEFAULT_FETCH_SIZE = 1_000;

    private final Map<String, Source> sources;
    private final int fetchSize;
    private final int maxConnections;
    private final RetryPolicy retries;
    private final BrakeLimits limits;

    private ReadRanges(
        Map<String, Source> sources,
        int fetchSize,
        int maxConnections,
        RetryPolicy retries,
        BrakeLimits limits) {
      this.sources = sources;
      this.fetchSize = fetchSize;
      this.maxConnections = maxConnections;
      this.retries = retries;
      this.limits = limits;
    }

    /** The sources that the ranges' tables belong to. */
    public ReadRanges from(Collection<Source> sources) {
      Map<String, Source> byName = new LinkedHashMap<>();
      sources.forEach(source -> byName.put(source.name(), source));
      return new ReadRanges(byName, fetchSize, maxConnections, retries, limits);
    }

    /** Rows that the server sends at a time; {@value #DEFAULT_FETCH_SIZE} if not set. */
    public ReadRanges withFetchSize(int rows) {
      if (rows < 1) {
        throw new IllegalArgumentException("fetch size " + rows);
      }
      return new ReadRanges(sources, rows, maxConnections, retries, limits);
    }

    /** Connections that one worker process may have to one source; 8 if not set. */
    public ReadRanges withMaxConnections(int connections) {
      if (connections < 1) {
        throw new IllegalArgumentException(connections + " connections");
      }
      return new ReadRanges(sources, fetchSize, connections, retries, limits);
    }

    /** How a broken range is tried again; {@link RetryPolicy#DEFAULT} if not set. */
    public ReadRanges withRetries(RetryPolicy policy) {
      return new ReadRanges(sources, fetchSize, maxConnections, policy, limits);
    }

    /** When reading pauses for the sake of others; {@link BrakeLimits#NONE} if not set. */
    public ReadRanges withBrake(BrakeLimits wanted) {
      return new ReadRanges(sources, fetchSize, maxConnections, retries, wanted);
    }

    /**
     * The same, with something to be done with the rows of each range where they are read: what is
     * handed on is one element a range.
     *
     * <p><b>Cost</b>: rows are used as they stream in; no runner holds them.
     *
     * @param use called once a range, on the rows that are left if the bundle is run again: all
     */
    public <T> PTransform<PCollection<TableRange>, PCollection<T>> into(
        SerializableFunction<TableChanges, T> use, Coder<T> coder) {
      return new UseRanges<>(this, use, coder);
    }

    @Override
    public PCollection<ChangeRecord> expand(PCollection<TableRange> ranges) {
      return ranges
          .apply("Spread ranges", Reshuffle.viaRandomKey())
          .apply(
              "Read rows",
              read(Show.ROWS, rows -> ((RangeRows) rows).record(), ChangeRecordCoder.of()));
    }

    /**
     * JdbcIO has one query and one data source for all elements; here both belong to the element.
     * So JdbcIO gets stand-ins for the JDBC objects it works with: its statement learns the range
     * from the parameter setter, which is called before the statement is executed, and only then
     * takes a connection to the range's source and prepares the range's own query. Its result hands
     * the row mapper a finished record. The query given here is never sent (and does not begin with
     * SELECT, because JdbcIO would look for a table name in it).
     */
    @SuppressWarnings("deprecation") // withCoder: a record has no schema that Beam could infer
    private <T> JdbcIO.ReadAll<TableRange, T> read(
        Show show, JdbcIO.RowMapper<T> mapper, Coder<T> coder) {
      return JdbcIO.<TableRange, T>readAll()
          .withDataSourceProviderFn(
              new DataSourceProvider(
                  new RangeReads(sources, maxConnections, retries, limits), show))
          .withQuery("the query of the range")
          .withParameterSetter((range, statement) -> ((RangeStatement) statement).bind(range))
          .withRowMapper(mapper)
          .withCoder(coder)
          .withFetchSize(fetchSize)
          .withDisableAutoCommit(false)
          .withOutputParallelization(false);
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      builder
          .add(DisplayData.item("sources", String.join(", ", sources.keySet())))
          .add(DisplayData.item("fetchSize", fetchSize))
          .add(DisplayData.item("maxConnections", maxConnections));
    }
  }

  /** Does something with the rows of each range. */
  private static final class UseRanges<T>
      extends PTransform<PCollection<TableRange>, PCollection<T>> {
    private static final long serialVersionUID = 1L;

    private final ReadRanges reading;
    private final SerializableFunction<TableChanges, T> use;
    private final Coder<T> coder;

    UseRanges(ReadRanges reading, SerializableFunction<TableChanges, T> use, Coder<T> coder) {
      this.reading = reading;
      this.use = use;
      this.coder = coder;
    }

    @Override
    public PCollection<T> expand(PCollection<TableRange> ranges) {
      SerializableFunction<TableChanges, T> mapped = use;
      return ranges
          .apply("Spread ranges", Reshuffle.viaRandomKey())
          .apply(
              "Use rows",
              reading.read(Show.RANGE, rows -> mapped.apply(((RangeRows) rows).changes()), coder));
    }

    @Override
    public void populateDisplayData(DisplayData.Builder builder) {
      super.populateDisplayData(builder);
      builder.include("reading", reading);
    }
  }

  private record DataSourceProvider(RangeReads reads, Show show)
      implements SerializableFunction<Void, DataSource> {
    @Override
    public DataSource apply(Void nothing) {
      return new RangeDataSource(reads, show);
    }
  }
}
