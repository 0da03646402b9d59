-- check: the warehouse counts what was printed | warn
select total_code, item_code, printed_value, counted_value, gap
from analytics.published_total_count
where is_within_tolerance = 0
