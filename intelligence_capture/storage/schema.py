"""The tables of intelligence.db, from the catalogue.

Grain: `interviews` one row per interview, `answers` one per question asked, each entity table one per entity
of one interview, `evidence` one per quote of an entity, `provenance` one per interview and run.
"""

import json

from intelligence_capture.catalogue import Catalogue, EntityType, FieldSpec

FIXED_TABLES = """
create table interviews (
    id text primary key,
    company text not null,
    business_unit text not null,
    department text not null,
    respondent text not null,
    role text not null,
    date text not null,              -- YYYY-MM-DD, '' where unknown
    date_as_written text not null,
    company_as_written text not null,
    language text not null,
    source text not null,
    sha256 text not null,
    status text not null check (status in ('ok', 'failed', 'pending')),
    error text not null,
    warnings text not null check (json_valid(warnings))
) strict;

create table answers (
    interview_id text not null references interviews (id),
    question_index integer not null check (question_index >= 0),
    question text not null,
    answer text not null,
    primary key (interview_id, question_index)
) strict;

-- When the words of an answer from `start` on were said in the recording; only transcripts have it.
create table answer_times (
    interview_id text not null,
    question_index integer not null,
    start integer not null check (start >= 0),
    seconds real not null,
    primary key (interview_id, question_index, start),
    foreign key (interview_id, question_index) references answers (interview_id, question_index)
) strict;

create table entity_types (
    type text primary key,
    name text not null unique,
    position integer not null,
    title_es text not null,
    title_en text not null
) strict;

-- Every entity of every type once: what evidence and other tables refer to.
create table entities (
    id text primary key,
    type text not null references entity_types (type),
    interview_id text not null references interviews (id),
    unique (type, id)
) strict;

create table evidence (
    entity_type text not null,
    entity_id text not null,
    question_index integer,          -- null where an unverified quote names no answer
    start integer,                   -- code points; null where unverified
    end integer,                     -- exclusive
    quote text not null,
    verified integer not null check (verified in (0, 1)),
    check (verified = 0 or (question_index is not null and start >= 0 and end > start)),
    foreign key (entity_type, entity_id) references entities (type, id)
) strict;

create table review_reasons (
    entity_id text not null references entities (id),
    reason text not null,
    primary key (entity_id, reason)
) strict;

-- What people decided (reviews/entities.csv), in the order of the file, and what became of it.
create table decisions (
    position integer primary key,
    result text not null,
    why text not null,
    decision text not null check (decision in ('accept', 'reject', 'edit', 'add')),
    interview_id text not null,
    type text not null,
    entity_id text not null,         -- the entity of this database, '' where there is none
    quote text not null,
    label text not null,
    field text not null,
    value text not null,
    machine text not null,           -- what the machine had said, as JSON; '' where a person added
    note text not null,
    decided_by text not null,
    decided_on text not null
) strict;

-- How each extraction came about. Times and costs differ between runs, so this is not content.
create table provenance (
    interview_id text primary key references interviews (id),
    extractor text not null,
    model text not null,
    fingerprint text not null,
    calls integer not null,
    calls_from_store integer not null,
    prompt_tokens integer,
    cached_tokens integer,
    completion_tokens integer,
    cost_usd real,                   -- null where unknown
    duration_seconds real not null
) strict;
"""

INDEXES = """
create index interviews_by_company on interviews (company);
create index entities_by_interview on entities (interview_id, type);
create index evidence_by_entity on evidence (entity_type, entity_id);
"""

FULL_TEXT = """
create virtual table answers_fts using fts5 (
    question, answer, content='answers', content_rowid='rowid', tokenize="unicode61 remove_diacritics 2"
);
insert into answers_fts (answers_fts) values ('rebuild');

create virtual table entities_fts using fts5 (
    type unindexed, id unindexed, label, description, quotes, tokenize="unicode61 remove_diacritics 2"
);
insert into entities_fts (type, id, label, description, quotes)
select a.type, a.id, a.label, a.description, (
    select group_concat(quote, ' … ') from (
        select distinct quote from evidence v where v.entity_type = a.type and v.entity_id = a.id order by quote
    )
)
from all_entities a order by a.type, a.id;
"""

_SQL_TYPES = {"text": "text", "enum": "text", "list": "text", "integer": "integer", "number": "real"}


def database_script(catalogue: Catalogue) -> str:
    """The SQL that creates all tables and views, without indexes and full-text search."""
    parts = [FIXED_TABLES, *(entity_table(entity_type) for entity_type in catalogue.types)]
    return "\n".join([*parts, all_entities_view(catalogue), OTHER_VIEWS])


def entity_table(entity_type: EntityType) -> str:
    """The SQL of one entity table; lists are JSON arrays."""
    own = "".join(f",\n    {_column(name, spec)}" for name, spec in entity_type.fields.items())
    table = entity_type.table
    return f"""
create table {table} (
    id text primary key references entities (id),
    interview_id text not null references interviews (id),
    label text not null check (label <> ''),
    description text not null,
    company text not null,
    business_unit text not null,
    department text not null,
    confidence real not null check (confidence between 0 and 1),
    needs_review integer not null check (needs_review in (0, 1)),
    extractor text not null{own}
) strict;
create index {table}_by_interview on {table} (interview_id);
create index {table}_by_company on {table} (company);
"""


def all_entities_view(catalogue: Catalogue) -> str:
    """The SQL of the view `all_entities`: the columns that every type has, for all types."""
    columns = "id, interview_id, label, description, company, business_unit, department"
    selects = "\nunion all\n".join(
        f"select '{table}' as type, {columns}, confidence, needs_review, extractor from {table}"
        for table in catalogue.tables
    )
    return f"create view all_entities as\n{selects};\n"


# Views answer the questions that are asked first; docs/data-model.md shows them at work.
OTHER_VIEWS = """
create view entity_counts as
select t.type, t.title_es, t.title_en, count(e.id) as entities, count(distinct e.interview_id) as interviews
from entity_types t left join entities e on e.type = t.type
group by t.type order by t.position;

create view entity_quotes as
select a.type, a.id, a.label, a.company, i.respondent, i.role, v.question_index, s.question, v.start, v.end,
       v.quote, v.verified, a.confidence, a.needs_review
from all_entities a
join interviews i on i.id = a.interview_id
join evidence v on v.entity_type = a.type and v.entity_id = a.id
left join answers s on s.interview_id = a.interview_id and s.question_index = v.question_index;

-- Where in the recording the words of a quote begin to be said, to the caption.
create view evidence_times as
select v.entity_type, v.entity_id, e.interview_id, v.question_index, v.start, v.end, v.quote, max(t.seconds) as seconds
from evidence v
join entities e on e.type = v.entity_type and e.id = v.entity_id
join answer_times t on t.interview_id = e.interview_id and t.question_index = v.question_index and t.start <= v.start
group by v.entity_type, v.entity_id, v.question_index, v.start, v.end;

create view up_for_review as
select a.type, a.id, a.label, a.company, i.respondent, a.confidence, r.reason
from all_entities a
join interviews i on i.id = a.interview_id
join review_reasons r on r.entity_id = a.id
where a.needs_review = 1;

create view decided_entities as
select d.entity_id as id, d.type,
       case when sum(d.decision = 'add') then 'added' when sum(d.decision = 'edit') then 'edited' else 'accepted'
       end as decided,
       (select group_concat(decided_by, ', ') from (
           select distinct decided_by from decisions p
           where p.entity_id = d.entity_id and p.result in ('applied', 'restored') order by decided_by
       )) as decided_by
from decisions d join entities e on e.id = d.entity_id
where d.result in ('applied', 'restored')
group by d.entity_id;
"""


def _column(name: str, spec: FieldSpec) -> str:
    sql_type = _SQL_TYPES[spec.kind]
    if spec.kind == "text":
        return f'"{name}" {sql_type} not null'
    if spec.kind == "list":
        return f'"{name}" {sql_type} not null check (json_valid("{name}"))'
    if spec.kind == "enum":
        values = ", ".join("'" + value.replace("'", "''") + "'" for value in spec.values)
        return f'"{name}" {sql_type} check ("{name}" in ({values}))'
    limits = [
        f'"{name}" {sign} {limit:g}'
        for sign, limit in ((">=", spec.minimum), ("<=", spec.maximum))
        if limit is not None
    ]
    return f'"{name}" {sql_type}' + (f" check ({' and '.join(limits)})" if limits else "")


def stored(value: object, spec: FieldSpec) -> object:
    """A field's value as its column holds it."""
    return json.dumps(value, ensure_ascii=False) if spec.kind == "list" else value
