-- check: open tasks of a unit that closed were handed over | warn
select task_key, agency_key, successor_key, closed_date
from analytics.task_without_hand_over
