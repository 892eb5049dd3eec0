package dev.larder.testdata.chain;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Live steps around vendors, pizzerias, units and materials. */
final class LiveBackOffice {
  private static final String NEW_NAME = " & Bar";

  private final LiveShop shop;
  private final List<String> vendors = new ArrayList<>();
  private final List<String> idleVendors = new ArrayList<>();
  private int added;

  LiveBackOffice(LiveShop shop) throws SQLException {
    this.shop = shop;
    Set<String> delivering =
        shop.chain.ingredients().stream().map(Ingredient::vendorVat).collect(Collectors.toSet());
    for (Object[] row : shop.erp.query("SELECT vat_no FROM erp.vendors ORDER BY 1")) {
      String vatNo = (String) row[0];
      vendors.add(vatNo);
      if (!delivering.contains(vatNo)) {
        idleVendors.add(vatNo);
      }
      if (vatNo.startsWith("LIVE-")) {
        added = Math.max(added, Integer.parseInt(vatNo.substring(5)));
      }
    }
  }

  void rateVendor() throws SQLException {
    shop.erp.update(
        ChainTable.VENDORS,
        "SET rating = IF(COALESCE(rating, 0) >= 4.9, 2.5, COALESCE(rating, 0) + 0.1)"
            + " WHERE vat_no = ?",
        shop.any(vendors));
    shop.erp.commit();
  }

  /** A vendor on trial: delivers nothing, has no rating. */
  void addVendor() throws SQLException {
    String vatNo = "LIVE-" + ++added;
    shop.erp.insert(ChainTable.VENDORS, vatNo, "On trial " + added, "DE", null);
    shop.erp.commit();
    vendors.add(vatNo);
    idleVendors.add(vatNo);
  }

  /** A vendor goes who never delivered anything. */
  void deleteVendor() throws SQLException {
    if (idleVendors.isEmpty()) {
      addVendor();
    }
    String vatNo = shop.any(idleVendors);
    shop.erp.delete(ChainTable.VENDORS, "WHERE vat_no = ?", vatNo);
    shop.erp.commit();
    vendors.remove(vatNo);
    idleVendors.remove(vatNo);
  }

  /** A pizzeria's name changes, and back when it is drawn again. */
  void renamePizzeria() throws SQLException {
    shop.pos.update(
        ChainTable.PIZZERIAS,
        "SET name = IF(RIGHT(name, 6) = ?, LEFT(name, CHAR_LENGTH(name) - 6), CONCAT(name, ?)),"
            + " updated_at = ? WHERE id = ?",
        NEW_NAME,
        NEW_NAME,
        shop.now(),
        shop.any(shop.chain.pizzerias()).id());
    shop.pos.commit();
  }

  void measureUnit() throws SQLException {
    shop.erp.update(
        ChainTable.UNITS,
        "SET area_m2 = area_m2 + 0.5 WHERE unit_no = ?",
        shop.any(shop.chain.pizzerias()).unitNo());
    shop.erp.commit();
  }

  void repackMaterial() throws SQLException {
    shop.erp.update(
        ChainTable.MATERIALS,
        "SET pack_grams = pack_grams + 50 WHERE material_no = ?",
        shop.any(shop.chain.ingredients()).code());
    shop.erp.commit();
  }
}
