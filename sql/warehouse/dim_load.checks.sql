-- check: received = accepted + quarantined + withheld | error
select load_key, part_name, received_count, accepted_count, quarantined_count, withheld_count
from warehouse.dim_load
where received_count <> accepted_count + quarantined_count + withheld_count
