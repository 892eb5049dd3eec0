-- What was sold a month, by the category's English name: orders, items, prices and freight.
SELECT
  CAST(date_trunc('month', o.purchased_at) AS DATE)          AS month,
  COALESCE(c.english, p.category, '(none)')                  AS category,
  COUNT(DISTINCT l.order_hk)                                 AS orders,
  COUNT(*)                                                   AS items,
  SUM(i.price)                                               AS price,
  SUM(i.freight)                                             AS freight
FROM link_order_item l
JOIN sat_order_item_shop_current i USING (order_item_hk)
JOIN sat_order_shop_current o USING (order_hk)
LEFT JOIN sat_product_shop_current p USING (product_hk)
LEFT JOIN ref_category c ON c.category = p.category
GROUP BY ALL
ORDER BY month, category
