"""The tables that knowledge_graph.db has beside those of intelligence.db.

Grain: `canonical_entities` one row per thing, `mentions` one per name in an entity, `merges` one per mention
that was joined to another, `merge_doubts` one per pair that a person may decide, `relations` one per pair of
things and relation, `patterns` one per thing (or pair) and kind, `contradictions` one per pair of claims; the
`…_evidence` tables one per quote.
"""

GRAPH_TABLES = """
create table canonical_entities (
    id text primary key,
    type text not null references entity_types (type),
    label text not null,
    company text not null,                -- '' where companies share it, or none is known
    mention_count integer not null check (mention_count > 0),
    interview_count integer not null check (interview_count > 0),
    company_count integer not null,
    confidence real not null check (confidence between 0 and 1)
) strict;

create table mentions (
    canonical_id text not null references canonical_entities (id),
    entity_type text not null,
    entity_id text not null,
    interview_id text not null references interviews (id),
    text text not null,                   -- the part of a composite label that names this thing
    company text not null,
    primary key (canonical_id, entity_id, text),
    foreign key (entity_type, entity_id) references entities (type, id)
) strict;

create table merges (
    canonical_id text not null references canonical_entities (id),
    rule text not null,
    score real not null check (score between 0 and 1),
    text_a text not null,
    text_b text not null,
    entity_a text not null references entities (id),
    entity_b text not null references entities (id),
    interview_a text not null references interviews (id),
    interview_b text not null references interviews (id)
) strict;

create table merge_doubts (
    type text not null references entity_types (type),
    company text not null,
    reason text not null,
    score real not null,
    text_a text not null,
    text_b text not null,
    entity_a text not null references entities (id),
    entity_b text not null references entities (id)
) strict;

create table relations (
    id integer primary key,
    source_id text not null references canonical_entities (id),
    relation text not null,
    target_id text not null references canonical_entities (id),
    ground text not null check (ground in ('stated', 'sentence', 'answer', 'review')),
    strength real not null check (strength between 0 and 1),
    interview_count integer not null,
    decided_by text not null,             -- who accepted or added it, '' where nobody did
    unique (source_id, relation, target_id)
) strict;

create table relation_evidence (
    relation_id integer not null references relations (id),
    ground text not null,
    interview_id text not null,
    entity_id text not null references entities (id),
    question_index integer not null,
    start integer not null,
    end integer not null,
    quote text not null,
    foreign key (interview_id, question_index) references answers (interview_id, question_index)
) strict;

-- What people decided on relations (reviews/relations.csv), by the line in the file, and what became of it.
create table relation_decisions (
    line integer primary key,
    result text not null,
    why text not null,
    decision text not null check (decision in ('accept', 'reject', 'add')),
    source_type text not null,
    source text not null,
    relation text not null,
    target_type text not null,
    target text not null,
    company text not null,
    interview text not null,
    quote text not null,
    note text not null,
    decided_by text not null,
    decided_on text not null
) strict;

create table patterns (
    id integer primary key,
    kind text not null,
    canonical_id text not null references canonical_entities (id),
    other_id text references canonical_entities (id),   -- the other end of a flow
    interview_count integer not null,
    share real not null check (share between 0 and 1),  -- of the interviews of its companies
    companies text not null check (json_valid(companies)),
    weight real not null
) strict;

create table pattern_evidence (
    pattern_id integer not null references patterns (id),
    interview_id text not null,
    entity_id text not null references entities (id),
    question_index integer not null,
    start integer not null,
    end integer not null,
    quote text not null,
    foreign key (interview_id, question_index) references answers (interview_id, question_index)
) strict;

create table judgements (
    kind text not null check (kind in ('same_thing', 'contradiction')),
    type text not null references entity_types (type),
    verdict text not null,                -- same, different, contradiction, compatible, unsure, not judged
    judge text not null,                  -- the model
    reason text not null,
    score real not null,                  -- likeness
    text_a text not null,
    text_b text not null,
    entity_a text not null references entities (id),
    entity_b text not null references entities (id),
    interview_a text not null references interviews (id),
    interview_b text not null references interviews (id)
) strict;

create table contradictions (
    id integer primary key,
    canonical_id text not null references canonical_entities (id),
    field text not null,
    kind text not null,
    reason text not null,
    company text not null,
    claim_a text not null,
    claim_b text not null,
    value_a text not null,                -- brought to one scale
    value_b text not null,
    interview_a text not null references interviews (id),
    interview_b text not null references interviews (id),
    respondent_a text not null,
    respondent_b text not null,
    entity_a text references entities (id),   -- null where the sentence gave no entity
    entity_b text references entities (id),
    question_a integer not null,
    start_a integer not null,
    end_a integer not null,
    quote_a text not null,
    question_b integer not null,
    start_b integer not null,
    end_b integer not null,
    quote_b text not null
) strict;
"""

GRAPH_INDEXES = """
create index canonical_by_type on canonical_entities (type, interview_count);
create index mentions_by_entity on mentions (entity_id);
create index merges_by_canonical on merges (canonical_id);
create index relations_by_target on relations (target_id, relation);
create index relation_evidence_by_relation on relation_evidence (relation_id);
create index pattern_evidence_by_pattern on pattern_evidence (pattern_id);
create index contradictions_by_canonical on contradictions (canonical_id);
"""
