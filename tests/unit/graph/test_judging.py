"""The graph with a judge: its word over likeness, constraints over its word, quotes over everything."""

from intelligence_capture.graph.judging import Judgement
from intelligence_capture.graph.reviews import Review


class Judge:
    """Says of pairs what it was told: {(text, text): verdict}; other pairs it leaves to likeness."""

    def __init__(self, said, quotes=()):
        self.said = {frozenset(pair): verdict for pair, verdict in said.items()}
        self.quotes = quotes
        self.asked = []

    def __call__(self, questions):
        self.asked += questions
        return {
            one: Judgement(verdict, "a-model", "for a reason", *self._quotes(one))
            for one in questions
            if (verdict := self.said.get(frozenset(text.split(") ")[-1] for text in (one.a, one.b))))
        }

    def _quotes(self, one):
        return [next((quote for quote in self.quotes if quote in text), "") for text in (one.a, one.b)]


def complain(group, *texts, **more):
    for number, text in enumerate(texts):
        group.says(f"p{number}", text + ".", ("pain_points", text), **more)
    return group


def pains(graph):
    return sorted(sorted({m.text for m in one.mentions}) for one in graph.canonicals)


LONG = "Las compras urgentes demoran demasiado por tantas aprobaciones"
OTHER = "Las aprobaciones de compras urgentes tardan una eternidad"
THIRD = "Las compras urgentes de obra saltan aprobaciones del residente"


def test_a_judge_joins_what_likeness_would_not_and_the_row_names_it(group):
    complain(group, LONG, OTHER)

    alone = group.graph()
    judged = group.graph(judge=Judge({(LONG, OTHER): "same"}))

    assert pains(alone) == sorted([[OTHER], [LONG]])
    assert pains(judged) == [sorted([OTHER, LONG])]
    assert [merge.rule for merge in judged.merges] == ["a-model: same"]
    (row,) = judged.judgements
    assert (row.verdict, row.judge, row.reason) == ("same", "a-model", "for a reason")
    assert {row.interview_a, row.interview_b} == {"p0", "p1"}


def test_what_a_judge_tells_apart_stays_apart_also_by_way_of_a_third(group):
    complain(group, LONG, OTHER, THIRD)
    said = {(LONG, OTHER): "same", (LONG, THIRD): "same", (OTHER, THIRD): "different"}

    graph = group.graph(judge=Judge(said))

    together = [found for found in pains(graph) if len(found) > 1]
    assert together in ([sorted([LONG, OTHER])], [sorted([LONG, THIRD])])


def test_a_doubt_of_the_judge_goes_to_the_review_list(group):
    complain(group, LONG, OTHER)

    graph = group.graph(judge=Judge({(LONG, OTHER): "unsure"}))

    assert len(graph.canonicals) == 2
    assert [(doubt.reason, {doubt.text_a, doubt.text_b}) for doubt in graph.doubts] == [
        ("a-model: unsure", {LONG, OTHER})
    ]


def test_what_must_not_be_linked_is_not_even_asked(group):
    floors = [f"El ascensor del piso {floor} se malogra siempre" for floor in (4, 5)]
    complain(group, *floors)
    judge = Judge({tuple(floors): "same"})

    graph = group.graph(judge=judge)

    assert len(graph.canonicals) == 2
    assert not [one for one in judge.asked if one.kind == "same_thing"]


def test_people_overrule_the_judge(group):
    complain(group, LONG, OTHER)
    forced = Review(action="force", type="pain_points", a=LONG, b=OTHER)
    forbidden = Review(action="forbid", type="pain_points", a=LONG, b=OTHER)

    assert len(group.graph(forced, judge=Judge({(LONG, OTHER): "different"})).canonicals) == 1
    assert len(group.graph(forbidden, judge=Judge({(LONG, OTHER): "same"})).canonicals) == 2


def test_the_order_of_interviews_changes_no_question(group):
    complain(group, LONG, OTHER, THIRD)
    one, other = Judge({}), Judge({})

    assert group.graph(judge=one, seed=1) == group.graph(judge=other, seed=2)
    assert one.asked == other.asked != []


OPEN = "La interfaz de ventas con contabilidad funciona bien todos los meses"
BROKEN = "La interfaz de ventas con contabilidad no funciona en los cierres"


def disagree(group, **more):
    group.says("ana", OPEN + ".", ("success_patterns", OPEN))
    return group.says("luz", BROKEN + ".", ("failure_modes", BROKEN), **more)


def test_a_contradiction_has_both_claims_in_the_words_of_both(group):
    quotes = ("funciona bien", "no funciona")
    judge = Judge({(OPEN + ".", BROKEN + "."): "contradiction"}, quotes)

    (clash,) = disagree(group).graph(judge=judge).contradictions

    assert (clash.field, clash.reason) == ("statement", "a-model: for a reason")
    assert {clash.a.proof.quote, clash.b.proof.quote} == set(quotes)
    for claim in (clash.a, clash.b):
        said = group.talks[claim.proof.interview_id].answers[0].answer
        assert said[claim.proof.start : claim.proof.end] == claim.proof.quote


def test_a_contradiction_that_no_quote_supports_is_dropped_and_the_row_says_so(group):
    judge = Judge({(OPEN + ".", BROKEN + "."): "contradiction"}, ("funciona bien", "unheard of"))

    graph = disagree(group).graph(judge=judge)

    assert graph.contradictions == ()
    assert [row.reason for row in graph.judgements] == ["no quote supports it: for a reason"]


def test_another_company_or_unit_is_no_contradiction_and_is_not_asked(group):
    judge = Judge({(OPEN + ".", BROKEN + "."): "contradiction"}, ("funciona bien", "no funciona"))

    assert disagree(group, company="Luna").graph(judge=judge).contradictions == ()
    assert judge.asked == []
