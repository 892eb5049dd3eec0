package dev.larder.io.jdbc;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.Assert.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.Test;

public final class MySqlTypesTest {

  @Test
  public void mapsEveryType() {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("tinyint", "int");
    expected.put("tinyint(1)", "int");
    expected.put("tinyint(3) unsigned zerofill", "int");
    expected.put("SMALLINT UNSIGNED", "int");
    expected.put("mediumint", "int");
    expected.put("int unsigned", "int");
    expected.put("bigint(20)", "int");
    expected.put("bigint(20) unsigned", "decimal(20,0)");
    expected.put("year", "int");
    expected.put("decimal(10,2)", "decimal(10,2)");
    expected.put("decimal(38, 30) unsigned", "decimal(38,30)");
    expected.put("decimal(39,0)", "string");
    expected.put("decimal(65,30)", "string");
    expected.put("decimal", "decimal(10,0)");
    expected.put("numeric(5)", "decimal(5,0)");
    expected.put("float", "float");
    expected.put("float(7,3)", "float");
    expected.put("double", "double");
    expected.put("double(10,2) unsigned", "double");
    expected.put("bit", "boolean");
    expected.put("bit(1)", "boolean");
    expected.put("bit(2)", "binary");
    expected.put("bit(64)", "binary");
    expected.put("date", "date");
    expected.put("time(6)", "time");
    expected.put("datetime(3)", "datetime");
    expected.put("timestamp", "timestamp");
    expected.put("char(5)", "string");
    expected.put("varchar(40)", "string");
    expected.put("tinytext", "string");
    expected.put("text", "string");
    expected.put("mediumtext", "string");
    expected.put("longtext", "string");
    expected.put("enum('S','unsigned','(1)')", "string");
    expected.put("set('a','b')", "string");
    expected.put("binary(16)", "binary");
    expected.put("varbinary(16)", "binary");
    expected.put("tinyblob", "binary");
    expected.put("blob", "binary");
    expected.put("mediumblob", "binary");
    expected.put("longblob", "binary");
    expected.put("vector(4)", "binary");
    expected.put("json", "json");
    expected.put("geometry", "binary");
    expected.put("point", "binary");
    expected.put("linestring", "binary");
    expected.put("polygon", "binary");
    expected.put("multipoint", "binary");
    expected.put("multilinestring", "binary");
    expected.put("multipolygon", "binary");
    expected.put("geomcollection", "binary");

    Map<String, String> actual = new LinkedHashMap<>();
    expected.keySet().forEach(type -> actual.put(type, MySqlTypes.columnType(type).toString()));

    assertThat(actual, is(expected));
  }

  @Test
  public void refusesATypeThatMySqlDoesNotHave() {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> MySqlTypes.columnType("money(3)"));

    assertThat(e.getMessage(), is("unknown column type \"money(3)\""));
  }
}
