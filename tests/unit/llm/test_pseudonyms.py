"""With pseudonyms on nothing that was planted leaves the machine, and everything that comes back is what was said."""

import json
import re
from threading import Lock

import pytest

from intelligence_capture.extraction import extract_interview
from intelligence_capture.graph.judging import question, shortened
from intelligence_capture.interviews import find_interviews
from intelligence_capture.jobs.extract import run_batch, run_estimate
from intelligence_capture.jobs.half_price import run_collect, run_submit
from intelligence_capture.jobs.pseudonyms import run_pseudonyms
from intelligence_capture.jobs.versions import Fingerprints
from intelligence_capture.llm.estimate import estimate
from intelligence_capture.llm.factory import half_price, model_judge, openai_extractor, policy_of
from intelligence_capture.llm.missing import missing_requests, store_extractor
from intelligence_capture.llm.run import begin_run
from intelligence_capture.llm.shown import LEFT_OVER, ShownInterview
from intelligence_capture.organisation import Organisation
from intelligence_capture.records import Candidate, Evidence, Extraction
from intelligence_capture.settings import GraphSettings, SecondReaderSettings, Settings
from intelligence_capture.storage.merge import merge_database
from tests.conftest import ROOT, write_interview
from tests.loopback import Fault, LoopbackServer, interview_of, schema_of
from tests.loopback_batches import Batches
from tests.loopback_judge import QUESTIONS

PLANTED = [
    "Patricia",
    "Osorio",
    "Karina",
    "Beto",
    "osorio@sol.pe",
    "987 654 321",
    "45678912",
    "20131312955",
    " 0418 ",  # with its spaces: keys of requests have any four digits by chance
]
ANSWERS = {
    "¿Con Patricia trabajas?": "Le reporto a Patricia Osorio.\nMi correo es p.osorio@sol.pe y mi celular 987 654 321.",
    "¿Qué cuesta más?": "Karina y Beto cuadran la caja a mano.\nEl RUC 20131312955 se digita dos veces en SAP.\n"
    "A mi DNI 45678912 le falta un dígito en la cuenta ES91 2100 0418 4502 0005 1332.\nOsorio no firma sin Beto.",
}
OTHER = {"¿Qué cuesta más?": "El cierre de caja lo hace Patricia hasta tarde.\nEl sistema se cae los lunes."}

CALLS, LINES = 4, 8
"""Of the call plan, and in all answers of both interviews."""


class ListeningServer(LoopbackServer):
    """Keeps all that it receives, and finds every line of the answers for the first table, named by its words."""

    def __init__(self, **given):
        super().__init__(**given)
        self.received = b""
        self._one_at_a_time = Lock()

    def begin(self, raw, body, authorization):
        with self._one_at_a_time:
            self.received += raw
        return super().begin(raw, body, authorization)

    def extracted(self, body):
        if body["response_format"]["json_schema"]["name"] in QUESTIONS:
            return super().extracted(body)
        found = {table: [] for table in schema_of(body)["properties"]}
        first = next(iter(found))
        index = 0
        for line in interview_of(body).splitlines():
            if block := re.match(r"\[(\d+)\] ", line):
                index = int(block[1])
            elif line.strip() and not line.startswith("#"):
                nothing = {
                    name: [] if spec["type"] == "array" else None
                    for name, spec in schema_of(body)["properties"][first]["items"]["properties"].items()
                }
                evidence = [{"question_index": index, "quote": line.strip()}]
                said = {"label": line.strip(), "description": line.strip(), "confidence": 0.8}
                found[first].append(nothing | said | {"evidence": evidence})
        return found


def spoken_of(server):
    """All that the server was told, as text."""
    batches = server.batches
    files = (
        b"".join(batches.files.values()) + json.dumps(list(batches.batches.values())).encode()
        if batches
        else b""
    )
    return (server.received + files).decode("utf-8")


@pytest.fixture
def desk(tmp_path, catalogue, monkeypatch):
    """A folder with two interviews, a map and a server."""
    return Desk(tmp_path, catalogue, monkeypatch)


class Desk:
    def __init__(self, folder, catalogue, monkeypatch):
        monkeypatch.setenv("OPENAI_API_KEY", "canary")
        monkeypatch.chdir(folder)
        folder.chmod(0o700)
        self.folder = folder
        self.catalogue = catalogue
        self.prompt = (ROOT / "prompts" / "extract.md").read_text("utf-8")
        meta = {"company": "Sol", "role": "Jefa de costos", "date": "2025-10-14"}
        write_interview(folder / "interviews/uno.json", ANSWERS, respondent="Patricia Osorio", **meta)
        write_interview(folder / "interviews/dos.json", OTHER, respondent="Luis Gil", **meta)
        self.map("Karina,", "Beto,Betito")

    def map(self, *rows):
        (self.folder / "names.csv").write_text("\n".join(["name,aliases", *rows]) + "\n", "utf-8")

    def settings(self, server, *, on=True, **openai):
        return Settings.model_validate(
            {
                "interviews": str(self.folder / "interviews"),
                "extractor": "openai",
                "openai": {"base_url": server.url, "requests_per_minute": 6000} | openai,
                "pseudonyms": {"map": "names.csv"} if on else None,
            }
        )

    def sources(self):
        return find_interviews(self.folder / "interviews")

    def parts(self, settings, responses="responses"):
        """What extractors are made of."""
        return {
            "settings": settings.openai,
            "catalogue": self.catalogue,
            "prompt": self.prompt,
            "responses": self.folder / responses,
            "pseudonyms": run_pseudonyms(settings),
        }

    def ways(self, settings):
        """How a run calls, quickly."""
        begin_run(self.folder / "state")
        quick = {"base_seconds": 0.02, "longest_seconds": 0.1}
        policy = policy_of(settings.openai).model_copy(update=quick)
        return {"state": self.folder / "state", "policy": policy, "limits": self.folder / "limits"}

    def extractor(self, settings, responses="responses"):
        return openai_extractor(**self.parts(settings, responses), **self.ways(settings))

    def database(self, settings, name):
        """The content of the database of all interviews, row by row."""
        import sqlite3

        extractor = self.extractor(settings, f"responses-{name}")
        found = [extract_interview(source, extractor, self.catalogue) for source in self.sources()]
        folder = self.folder / f"extracted-{name}"
        folder.mkdir()
        files = []
        for extraction in found:
            file = folder / f"{extraction.id}.json"
            file.write_text(extraction.model_dump_json(), "utf-8")
            files.append(file)
        path = self.folder / f"{name}.db"
        merge_database(files, path, catalogue=self.catalogue, organisation=Organisation())
        with sqlite3.connect(path) as connection:
            tables = ["interviews", "answers", "evidence", *self.catalogue.tables]
            return {
                table: sorted(map(repr, connection.execute(f"select * from {table}"))) for table in tables
            }


def test_the_server_hears_nothing_planted_and_the_database_is_the_same_as_without(desk):
    with ListeningServer() as server:
        plain = desk.database(desk.settings(server, on=False), "plain")
        assert all(one in spoken_of(server) for one in PLANTED)
        server.received = b""
        hidden = desk.database(desk.settings(server), "hidden")

    assert not [one for one in PLANTED if one in spoken_of(server)]
    assert hidden == plain and len(hidden["evidence"]) == CALLS * LINES
    assert not [row for row in hidden["evidence"] if "Persona-" in row]
    assert not [one for one in PLANTED for file in (desk.folder / "responses-hidden").rglob("*") if file.is_file()
                and one in file.read_text("utf-8")]  # fmt: skip


def test_every_quote_stands_where_the_evidence_says_and_labels_have_the_real_names(desk):
    with ListeningServer() as server:
        settings = desk.settings(server)
        (source,) = [one for one in desk.sources() if one.id == "uno"]
        extraction = extract_interview(source, desk.extractor(settings), desk.catalogue)

    entities = [one for found in extraction.entities.values() for one in found]
    answers = source.interview.answers
    for one in entities:
        (proof,) = one.evidence
        assert proof.verified and answers[proof.question_index].answer[proof.start : proof.end] == proof.quote
        assert one.description == proof.quote and not one.review_reasons
    assert "Le reporto a Patricia Osorio." in {one.label for one in entities}


def test_repairs_and_smaller_parts_hear_nothing_planted_either(desk):
    faults = [Fault("wrong_type", times=2), Fault("length", times=4)]
    with ListeningServer(faults=faults) as server:
        settings = desk.settings(server, call_plan="single", send_meta=["respondent", "role"])
        extractor = desk.extractor(settings)
        for source in desk.sources():
            extract_interview(source, extractor, desk.catalogue)

    heard = spoken_of(server)
    assert "Your last answer could not be used" in heard and "role: Jefa de costos" in heard
    assert "respondent: Persona-" in heard and not [one for one in PLANTED if one in heard]


def test_batches_and_the_estimate_ask_for_the_same_pseudonymised_texts(desk):
    with ListeningServer(batches=Batches()) as server:
        settings = desk.settings(server, mode="batch", batch_poll_seconds=0.02)
        interviews = [source.interview for source in desk.sources()]
        parts = desk.parts(settings)
        before = estimate(interviews, **parts)
        missing = [one for each in interviews for one in missing_requests(store_extractor(**parts), each)]
        half = half_price(settings=settings.openai, responses=parts["responses"], **desk.ways(settings))
        half.submit(missing)
        half.collect()
        extractor = openai_extractor(**parts, state=desk.folder / "state", limits=desk.folder / "limits")
        found = [extractor(each) for each in interviews]
        after = estimate(interviews, **parts)

    assert before.calls == len(missing) > 0 and after.calls == 0 and server.calls == []
    assert all(one.usage.calls == one.usage.calls_from_store for one in found)
    assert "Persona-" in spoken_of(server) and not [one for one in PLANTED if one in spoken_of(server)]


@pytest.mark.parametrize("batches", [None, Batches()], ids=["calls", "batches"])
def test_two_readers_of_a_shared_job_hear_nothing_planted_and_find_what_was_said(desk, monkeypatch, batches):
    monkeypatch.setenv("XDG_STATE_HOME", str(desk.folder / "limits"))
    begin_run(desk.folder / "results/.state")
    outputs = [desk.folder / f"results/extracted/{name}.json" for name in ("dos", "uno")]
    half_price = {"mode": "batch", "batch_poll_seconds": 0.02} if batches else {}
    with ListeningServer(batches=batches) as server:
        settings = desk.settings(server, **half_price).model_copy(
            update={
                "ontology": str(ROOT / "ontology"),
                "prompt": str(ROOT / "prompts/extract.md"),
                "second_reader": SecondReaderSettings(extractor="openai", models=("gpt-4o",)),
            }
        )
        before = run_estimate(settings)
        if batches:
            run_submit(settings)
            run_collect(settings)
        run_batch(settings, outputs, files=(desk.folder / "interviews").iterdir(), version="v")
        after = run_estimate(settings)

    heard = spoken_of(server)
    assert re.search(r'"model": ?"gpt-4o"', heard) and "Persona-" in heard
    assert not [one for one in PLANTED if one in heard]
    assert "second reader  8 calls more (0 in the store)" in before
    assert "second reader  0 calls more (8 in the store)" in after
    said = {source.id: [one.answer for one in source.interview.answers] for source in desk.sources()}
    records = [Extraction.model_validate_json(path.read_bytes()) for path in outputs]
    entities = [(record.id, e) for record in records for group in record.entities.values() for e in group]
    assert {e.extractor for _, e in entities} == {"gpt-4o-mini + gpt-4o (second)"}
    assert "Persona-" not in str(entities) and "Patricia Osorio" in str(entities)
    for interview, entity in entities:
        for one in entity.evidence:
            assert said[interview][one.question_index][one.start : one.end] == one.quote


def test_the_judge_hears_nothing_planted_and_its_quotes_are_what_was_said(desk):
    pairs = [
        question(
            "contradiction", "", "(¿Quién?) Karina cuadra la caja", "(¿Quién?) Karina no cuadra con Beto"
        ),
        question("contradiction", "", "(¿?) Osorio firma", "(¿?) Patricia Osorio no firma, 987 654 321"),
        question("same_thing", "pain_points", "Osorio se demora", "Patricia se demora"),
    ]
    with ListeningServer() as server:
        settings = desk.settings(server)

        def judge():
            prompts = GraphSettings(prompts=str(ROOT / "prompts")).prompt_texts()
            return model_judge(
                settings=settings.openai,
                prompts=prompts,
                calls=20,
                responses=desk.folder / "responses",
                pseudonyms=run_pseudonyms(settings),
                **desk.ways(settings),
            )

        said = judge()(pairs[:2]) | judge()(pairs[2:])
        calls = len(server.calls)
        again = judge()(pairs[:2])

    assert not [one for one in PLANTED if one in spoken_of(server)]
    assert [said[one].verdict for one in pairs] == ["contradiction", "contradiction", "same"]
    for one in pairs[:2]:
        assert {said[one].quote_a, said[one].quote_b} == {
            re.sub(r"^\(.*?\) ", "", text) for text in (one.a, one.b)
        }
    assert again == {one: said[one] for one in pairs[:2]} and len(server.calls) == calls


def test_a_text_that_is_cut_ends_before_a_word_or_a_number():
    assert shortened("llama al 987 654 321 hoy", 16) == "llama al"
    assert shortened("escribe a ana.ruiz@sol.pe", 14) == "escribe a"
    assert shortened("corto", 10) == "corto" and shortened("x" * 20, 10) == "x" * 10


def test_a_name_in_the_map_changes_the_requests_and_fingerprints_that_have_it_and_no_other(desk):
    with ListeningServer() as server:
        settings = desk.settings(server)
        uno, dos = sorted((source for source in desk.sources()), key=lambda one: one.id != "uno")

        def made():
            extractor = store_extractor(**desk.parts(settings))
            fingerprints = Fingerprints("1", run_pseudonyms(settings))
            keys = [
                [extractor.request(dialogue).key for dialogue in extractor.dialogues(source.interview)]
                for source in (uno, dos)
            ]
            return keys, [fingerprints.of(source) for source in (uno, dos)]

        desk.map("Karina,")
        keys, prints = made()
        desk.map("Karina,", "Beto,", "Zenón,")
        new_keys, new_prints = made()

    assert keys[1] == new_keys[1] and prints[1] == new_prints[1]
    assert not set(keys[0]) & set(new_keys[0]) and prints[0] != new_prints[0]


def test_what_a_model_rewords_gets_the_words_of_its_evidence_and_a_strange_placeholder_is_reviewed(desk):
    with ListeningServer() as server:
        pseudonyms = run_pseudonyms(desk.settings(server))
    (source,) = [one for one in desk.sources() if one.id == "uno"]
    shown = ShownInterview(source.interview, pseudonyms)
    last = shown.interview.answers[1].answer
    start = last.rindex("Persona-", 0, last.index(" no firma"))
    placeholder = last[start : last.index(" no firma")]
    candidate = Candidate(
        type="pain_points",
        label=f"{placeholder.lower().replace('-', ' ')} firma todo",
        description=f"Solo {placeholder} y Persona-000001 firman",
        confidence=0.9,
        evidence=(
            Evidence(question_index=1, start=start, end=len(last), quote=last[start:], verified=True),
            Evidence(question_index=None, start=None, end=None, quote=f"{placeholder} manda", verified=False),
        ),
        fields={"affected_roles": [placeholder], "severity": 3},
    )
    found = shown.in_own_words(candidate)

    assert found.label == "Osorio firma todo" and found.fields == {
        "affected_roles": ["Osorio"],
        "severity": 3,
    }
    assert found.description == "Solo Osorio y Persona-000001 firman" and LEFT_OVER in found.review_reasons
    assert found.evidence[0].quote == "Osorio no firma sin Beto."
    assert found.evidence[1].quote in ("Osorio manda", "Patricia Osorio manda")
