-- One row per assigning document: issuer, number, symbol and year, because numbers restart every year.
-- kind: table
-- key: document_key
with documents as (
    select
        document_key, max(document_number) as document_number, max(document_symbol) as document_symbol,
        max(issuer_name) as issuer_name, max(document_year) as document_year, max(issued_date) as issued_date
    from raw.document
    group by document_key
),

unknown as (
    select
        member_key as document_key, member_name as document_number,
        cast(null as varchar(400)) as document_symbol, cast(null as varchar(400)) as issuer_name,
        cast(null as integer) as document_year, cast(null as date) as issued_date
    from raw.unknown_member
),

documents_and_unknown as (
    select * from documents
    union all
    select * from unknown
)

select * from documents_and_unknown
