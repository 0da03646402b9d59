-- check: every province is shown once in each view | error
select dim_province.province_key, dim_province.province_code, count(bridge_province_view.province_key) as view_count
from warehouse.dim_province
left join warehouse.bridge_province_view on dim_province.province_key = bridge_province_view.province_key
group by dim_province.province_key, dim_province.province_code
having count(bridge_province_view.province_key) <> 2

-- check: the constant panel has 34 provinces | error
select count(distinct shown_province_key) as province_count
from warehouse.bridge_province_view
where view_code = 'panel' and province_key <> 0
having count(distinct shown_province_key) <> 34
