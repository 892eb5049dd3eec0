package dev.larder.pipelines.options;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** The whole way on the sandbox's pizza chain. */
public interface DemoOptions extends PipelineOptions {

  @Description("Where the lake is made; what lies there is replaced.")
  @Default.String("target/demo/lake")
  String getLake();

  void setLake(String value);

  @Description("The HTML file to write.")
  @Default.String("target/demo/report.html")
  String getReport();

  void setReport(String value);

  @Description("Pizzerias of the generated chain.")
  @Default.Integer(12)
  int getPizzerias();

  void setPizzerias(int value);

  @Description("Days of history.")
  @Default.Integer(90)
  int getDays();

  void setDays(int value);

  @Description("Orders a pizzeria has a day.")
  @Default.Integer(40)
  int getOrdersPerDay();

  void setOrdersPerDay(int value);

  @Description("Seed of the generated chain: the same seed gives the same rows.")
  @Default.Long(42)
  long getSeed();

  void setSeed(long value);

  @Description("Seconds of live changes that are streamed.")
  @Default.Integer(30)
  int getSeconds();

  void setSeconds(int value);

  @Description("Row changes a second that the live traffic makes.")
  @Default.Integer(50)
  int getRate();

  void setRate(int value);

  @Description(
      "A folder with orders.csv, order_details.csv, pizzas.csv and pizza_types.csv to replay"
          + " instead of the generated history.")
  String getOrders();

  void setOrders(String value);

  @Description("Leave the databases, Kafka and Connect running until Enter or Ctrl-C.")
  @Default.Boolean(false)
  boolean getKeep();

  void setKeep(boolean value);
}
