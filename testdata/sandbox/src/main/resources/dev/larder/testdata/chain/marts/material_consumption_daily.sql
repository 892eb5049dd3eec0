-- What every pizzeria used of every ingredient on every day: the series that is forecast.
-- Grain: pizzeria x ingredient x business_date (the day of consumed_at in UTC). A day without use has no row.
--   grams, waste_grams  grams that went on pizzas, grams that were lost beside them
--   cost                in the chain's currency, of both
--   orders              orders that used the ingredient
-- Deleted events are left out by their latest status; an event delivered twice counts once (its latest version by _seq).
-- A pizzeria or ingredient that no satellite describes yet keeps its rows; its name is null.
WITH ever_deleted AS (
  SELECT consumption_hk FROM sts_consumption_erp_consumption WHERE status = 'D'
),
deleted AS (
  SELECT consumption_hk
  FROM sts_consumption_erp_consumption
  SEMI JOIN ever_deleted USING (consumption_hk)
  GROUP BY consumption_hk
  HAVING arg_max(status, _seq) = 'D'
),
-- Few or none: found by counting, so that only they are put in order.
repeated AS (
  SELECT consumption_hk FROM link_consumption GROUP BY consumption_hk HAVING count(*) > 1
),
events AS (
  SELECT pizzeria_hk, ingredient_hk, order_hk, consumed_at, grams, waste_grams, cost
  FROM link_consumption
  ANTI JOIN deleted USING (consumption_hk)
  ANTI JOIN repeated USING (consumption_hk)
  UNION ALL
  SELECT pizzeria_hk, ingredient_hk, order_hk, consumed_at, grams, waste_grams, cost
  FROM link_consumption
  SEMI JOIN repeated USING (consumption_hk)
  ANTI JOIN deleted USING (consumption_hk)
  QUALIFY row_number() OVER (PARTITION BY consumption_hk ORDER BY _seq DESC) = 1
),
live AS (
  SELECT
    pizzeria_hk,
    ingredient_hk,
    order_hk,
    -- epoch_us reads TIMESTAMP and TIMESTAMP WITH TIME ZONE alike, whatever zone the session has
    CAST(make_timestamp(epoch_us(consumed_at)) AS DATE) AS business_date,
    grams,
    waste_grams,
    cost
  FROM events
),
daily AS (
  SELECT
    pizzeria_hk,
    ingredient_hk,
    business_date,
    CAST(sum(grams) AS DECIMAL(18, 1)) AS grams,
    CAST(sum(waste_grams) AS DECIMAL(18, 1)) AS waste_grams,
    CAST(sum(cost) AS DECIMAL(18, 4)) AS cost,
    count(DISTINCT order_hk) AS orders
  FROM live
  GROUP BY ALL
)
SELECT
  hub_pizzeria.country AS country,
  hub_pizzeria.code AS unit_code,
  sat_pizzeria_pos_current.name AS pizzeria_name,
  hub_ingredient.code AS ingredient_code,
  sat_ingredient_erp_current.name AS ingredient_name,
  daily.business_date AS business_date,
  daily.grams AS grams,
  daily.waste_grams AS waste_grams,
  daily.cost AS cost,
  daily.orders AS orders
FROM daily
JOIN hub_pizzeria USING (pizzeria_hk)
JOIN hub_ingredient USING (ingredient_hk)
LEFT JOIN sat_pizzeria_pos_current USING (pizzeria_hk)
LEFT JOIN sat_ingredient_erp_current USING (ingredient_hk)
ORDER BY country, unit_code, ingredient_code, business_date
