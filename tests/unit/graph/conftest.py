"""Small sources for the graph: what people said, as extracted entities."""

import hashlib
import random
from dataclasses import dataclass, field

import numpy as np
import pytest

from intelligence_capture.graph.build import Rules, build_graph
from intelligence_capture.graph.keys import KeyReader
from intelligence_capture.graph.names import NameBook, consolidate_names
from intelligence_capture.graph.naming import load_names
from intelligence_capture.graph.records import Item, Mention, Source, Talk
from intelligence_capture.graph.relation_table import load_relations
from intelligence_capture.graph.wording import NO_CONCEPTS
from intelligence_capture.grounding import ground
from intelligence_capture.records import Answer
from intelligence_capture.settings import GraphSettings
from intelligence_capture.texts import fold
from tests.conftest import ROOT


def embed(texts):
    """Stands in for the sentence encoder: texts that share words point the same way."""
    rows = np.zeros((len(texts), 256), dtype=np.float32)
    for number, text in enumerate(texts):
        for word in fold(text).split():
            rows[number, int(hashlib.sha256(word[:6].encode()).hexdigest(), 16) % 256] += 1.0
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths == 0, 1, lengths)


@dataclass
class Group:
    """Interviews to build a graph from; `says` adds what one person said."""

    types: tuple
    talks: dict = field(default_factory=dict)
    items: list = field(default_factory=list)

    def says(self, who, text, *found, company="Sol", unit="", role=""):
        """One more answer of `who`; each of `found` is (type, label) or (type, label, fields)."""
        talk = self.talks.get(who) or Talk(id=who, company=company, business_unit=unit, role=role)
        talk = talk.model_copy(update={"answers": (*talk.answers, Answer(question="¿?", answer=text))})
        self.talks[who] = talk
        for table, label, *fields in found:
            evidence = ground(label, talk.answers, question_index=len(talk.answers) - 1)
            self.items.append(
                Item(
                    id=f"{table}-{who}-{len(self.items)}",
                    type=table,
                    interview_id=who,
                    label=label,
                    company=talk.company,
                    business_unit=talk.business_unit,
                    confidence=0.5,
                    fields=fields[0] if fields else {},
                    evidence=(evidence,),
                )
            )
        return self

    def graph(
        self,
        *reviews,
        seed=None,
        judge=None,
        concepts=NO_CONCEPTS,
        shared=frozenset(),
        relation_reviews=(),
        encode=embed,
        **settings,
    ):
        """The graph, with interviews and entities shuffled where there is a seed."""
        talks, items = list(self.talks.values()), list(self.items)
        if seed is not None:
            random.Random(seed).shuffle(talks)  # noqa: S311 - an order, no secret
            random.Random(seed).shuffle(items)  # noqa: S311
        source = Source(types=self.types, talks=tuple(talks), items=tuple(items))
        names, relations = load_names(ROOT / "ontology"), RELATIONS(self)
        rules = Rules(
            names,
            relations,
            reviews=reviews,
            concepts=concepts,
            shared=shared,
            relation_reviews=tuple(enumerate(relation_reviews, start=2)),
        )
        given = GraphSettings(**settings)
        return build_graph(source, rules, settings=given, embed=encode, judge=judge)


def RELATIONS(group):
    from intelligence_capture.catalogue import Catalogue

    return load_relations(ROOT / "ontology", Catalogue(types=group.types))


@pytest.fixture
def group(catalogue):
    return Group(types=catalogue.types)


@pytest.fixture(scope="module")
def pairs_group(catalogue):
    """A group for a whole module, of many companies."""
    return Group(types=catalogue.types)


@pytest.fixture(scope="session")
def clusters():
    """The names of one type as sets of labels, from pairs of company and label."""
    names = load_names(ROOT / "ontology")

    def found(table, *labels, reviews=()):
        rules = names.types[table]
        book = NameBook(
            rules, KeyReader(rules, ends=names.ends, companies=["Sol"]), names.aliases.get(table, {})
        )
        mentions = [
            Mention(table, *(label if isinstance(label, tuple) else ("Sol", label)), f"e{n}", f"i{n}")
            for n, label in enumerate(labels)
        ]
        result = consolidate_names(mentions, book, reviews)
        return sorted(sorted(m.text for m in one.mentions) for one in result.canonicals), result

    return found
