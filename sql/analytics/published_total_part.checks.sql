-- check: printed parts add to their printed total | warn
select total_code, relation_code, printed_total, sum_of_parts, gap
from analytics.published_total_part
where is_within_tolerance = 0
