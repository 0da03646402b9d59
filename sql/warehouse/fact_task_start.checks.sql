-- check: no deadline lies before the issue of the document that sets it | warn
select fact_task.task_key, dim_document.issued_date, fact_task.due_original_date
from warehouse.fact_task
join warehouse.dim_document on fact_task.document_key = dim_document.document_key
where fact_task.due_original_date < dim_document.issued_date
