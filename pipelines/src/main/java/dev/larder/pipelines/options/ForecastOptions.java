package dev.larder.pipelines.options;

import java.util.List;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;

/** Forecasts of a daily mart. */
public interface ForecastOptions extends LakeOptions {

  @Description("The mart that holds the history.")
  @Default.String("material_consumption_daily")
  String getMart();

  void setMart(String value);

  @Description("Column with the day (DATE).")
  @Default.String("business_date")
  String getDayColumn();

  void setDayColumn(String value);

  @Description(
      "Columns that make a group, comma separated; a day without any row in a group is a closed"
          + " day, not a day without demand. Default country,unit_code.")
  List<String> getGroupColumns();

  void setGroupColumns(List<String> value);

  @Description(
      "Columns that make a series within its group, comma separated. Default ingredient_code.")
  List<String> getItemColumns();

  void setItemColumns(List<String> value);

  @Description("Column that is forecast.")
  @Default.String("grams")
  String getValueColumn();

  void setValueColumn(String value);

  @Description("Days to forecast.")
  @Default.Integer(10)
  int getHorizon();

  void setHorizon(int value);

  @Description(
      "Last day of history to use, like 2026-11-20; absent: the day before the mart's newest, which may not be over yet.")
  String getLastDay();

  void setLastDay(String value);
}
