"""Reading interviews: ids, hashes, and every broken file of faults.md 31 to 41."""

import json
import os
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intelligence_capture.errors import DuplicateInterviewError, InterviewError
from intelligence_capture.interviews import LONGEST_ID, find_interviews, read_source, safe_id
from tests.conftest import write_interview


def only(path):
    (source,) = find_interviews(path)
    return source


def bundle(path, *interviews):
    path.write_text(json.dumps(list(interviews), ensure_ascii=False), "utf-8")
    return path


def person(answer, **meta):
    return {"meta": {"respondent": "Ana", "company": "Sol", "date": "2025-10-14"} | meta,
            "qa_pairs": {"¿Rol?": answer}}  # fmt: skip


def test_reads_an_interview_with_its_name_as_id(tmp_path):
    write_interview(tmp_path / "Ana María.json", {"¿Rol?": "Jefa"}, respondent="Ana María", company="Sol")

    source = only(tmp_path)

    assert source.id == "ana-maria"
    assert source.interview.meta.company == "Sol"
    assert [(a.question, a.answer) for a in source.interview.answers] == [("¿Rol?", "Jefa")]


def test_keeps_null_numbers_and_repeated_questions(tmp_path):
    text = '{"qa_pairs": {"a": null, "b": 7, "b": 1.5, "c": true, "a": "otra vez"}}'
    (tmp_path / "x.json").write_text(text, "utf-8")

    answers = only(tmp_path).interview.answers

    assert [(a.question, a.answer) for a in answers] == [
        ("a", ""), ("b", "7"), ("b", "1.5"), ("c", "true"), ("a", "otra vez"),
    ]  # fmt: skip


def test_reads_a_list_of_pairs_like_an_object(tmp_path):
    write_interview(tmp_path / "x.json", [["¿Rol?", "Jefa"], ["¿Rol?", "De compras"]])

    assert [a.answer for a in only(tmp_path).interview.answers] == ["Jefa", "De compras"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (b'{"meta": {}, "qa_pairs": {}}', "holds no question"),
        (b'{"meta": {}}', '"qa_pairs" is missing'),
        (b'{"meta": {},\n "qa_pairs": {"a": }}', "line 2, column 20"),
        (b'"just text"', "not an interview"),
        (b'{"meta": [], "qa_pairs": {"a": "b"}}', '"meta" is not an object'),
        (b'{"qa_pairs": "text"}', '"qa_pairs" is neither'),
        (b'{"qa_pairs": [["only a question"]]}', "number 1: not a pair"),
        ('{"qa_pairs": {"a": "año"}}'.encode("latin-1"), "byte 21"),
        (b'{"qa_pairs": {"a": "\\ud800"}}', "lone surrogate"),
        (b'{"meta": {"respondent": "Ana \\ud83d"}, "qa_pairs": {"a": "b"}}', "lone surrogate"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"qa_pairs": {"a": ' + b"9" * 5000 + b"}}", "not valid JSON"),
    ],
)
def test_a_broken_file_is_a_failed_interview_that_names_file_and_place(tmp_path, content, message):
    (tmp_path / "roto.json").write_bytes(content)
    write_interview(tmp_path / "sano.json", {"¿Rol?": "Jefa"})

    broken, sound = find_interviews(tmp_path)

    assert (broken.id, broken.interview) == ("roto", None)
    assert message in broken.problem and "roto.json" in broken.problem
    assert sound.interview is not None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_reads_files_with_a_byte_order_mark(tmp_path, encoding):
    (tmp_path / "x.json").write_text('{"qa_pairs": {"a": "año\\r\\nnuevo\u2028aquí"}}', encoding, newline="")

    assert only(tmp_path).interview.answers[0].answer == "año\r\nnuevo\u2028aquí"


def test_hashes_content_and_not_the_way_it_is_written(tmp_path):
    content = {"meta": {}, "qa_pairs": {"a": "año"}}
    (tmp_path / "x.json").write_text(json.dumps(content), "utf-8")
    compact = only(tmp_path).sha256
    (tmp_path / "x.json").write_text(json.dumps(content, indent=4, ensure_ascii=False), "utf-8-sig")

    assert only(tmp_path).sha256 == compact


def test_refuses_ids_that_differ_only_in_case_or_accents_and_names_both(tmp_path):
    write_interview(tmp_path / "José.json", {"a": "uno"})
    write_interview(tmp_path / "jose_.json", {"a": "dos"})

    with pytest.raises(DuplicateInterviewError, match=r"José\.json.*jose_\.json|jose_\.json.*José\.json"):
        find_interviews(tmp_path)


def test_refuses_the_same_content_twice_and_names_both(tmp_path):
    write_interview(tmp_path / "a.json", {"a": "uno"})
    write_interview(tmp_path / "b.json", {"a": "uno"})

    with pytest.raises(DuplicateInterviewError, match=r"a\.json and .*b\.json"):
        find_interviews(tmp_path)


def test_a_bundle_takes_ids_from_person_company_and_date_whatever_the_order(tmp_path):
    one, two = person("uno"), person("dos", respondent="Luz")

    forth = find_interviews(bundle(tmp_path / "x.json", one, two))
    back = find_interviews(bundle(tmp_path / "x.json", two, one))

    assert [s.id for s in forth] == [s.id for s in back] == ["ana-sol-2025-10-14", "luz-sol-2025-10-14"]
    assert [s.sha256 for s in forth] == [s.sha256 for s in back]


def test_the_same_person_with_other_content_gets_a_content_suffix_on_each(tmp_path):
    sources = find_interviews(bundle(tmp_path / "x.json", person("uno"), person("dos")))

    assert [s.id for s in sources] == sorted(f"ana-sol-2025-10-14-{s.sha256[:8]}" for s in sources)
    assert all(s.interview.id == s.id for s in sources)


def test_a_bundle_that_cannot_be_parsed_stops_with_its_place(tmp_path):
    (tmp_path / "x.json").write_text("[{,", "utf-8")

    with pytest.raises(InterviewError, match=r"x\.json: not valid JSON at line 1, column 3"):
        find_interviews(tmp_path / "x.json")


def test_one_broken_interview_of_a_bundle_leaves_the_others(tmp_path):
    sources = find_interviews(bundle(tmp_path / "x.json", person("uno"), {"meta": {}}))

    assert sorted(s.interview is None for s in sources) == [False, True]
    assert "x.json, interview 2" in next(s.problem for s in sources if s.problem)


def test_refuses_links_pipes_and_folders_without_opening_them(tmp_path):
    folder = tmp_path / "in"
    outside = write_interview(tmp_path / "geheim.json", {"a": "b"})
    write_interview(folder / "sano.json", {"a": "b"})
    (folder / "fuera.json").symlink_to(outside)
    (folder / "colgado.json").symlink_to(tmp_path / "nada.json")
    (folder / "carpeta.json").mkdir()
    (folder / "rueda.json").symlink_to(folder / "rueda.json")
    os.mkfifo(folder / "tubo.json")

    problems = {s.id: s.problem for s in find_interviews(folder) if not s.openable}

    assert sorted(problems) == ["carpeta", "colgado", "fuera", "rueda", "tubo"]
    assert "leads out of the folder" in problems["fuera"]


def test_numbers_in_meta_become_text_and_missing_meta_is_empty(tmp_path):
    write_interview(tmp_path / "x.json", {"a": "b"}, respondent=7, role=None)
    assert only(tmp_path).interview.meta.respondent == "7"

    (tmp_path / "x.json").write_text('{"qa_pairs": {"a": "b"}}', "utf-8")
    assert only(tmp_path).interview.meta.model_dump() == dict.fromkeys(
        ["company", "business_unit", "department", "respondent", "role", "date"], ""
    )


def test_flags_mojibake_and_control_characters_but_keeps_them(tmp_path):
    write_interview(tmp_path / "x.json", {"a": "reuniÃ³n", "b": "nulo\x00aquí"})

    interview = only(tmp_path).interview

    assert interview.answers[1].answer == "nulo\x00aquí"
    assert [w.split(" ")[1] for w in interview.warnings] == ["0", "1"]


def test_names_what_is_not_there(tmp_path):
    with pytest.raises(InterviewError, match="no such file or folder"):
        find_interviews(tmp_path / "nada")
    with pytest.raises(InterviewError, match="no interview in it"):
        find_interviews(tmp_path)


def test_reads_one_interview_of_a_folder_and_of_a_bundle(tmp_path):
    file = write_interview(tmp_path / "in" / "ana.json", {"a": "b"})
    whole = find_interviews(tmp_path / "in")
    pair = bundle(tmp_path / "x.json", person("uno"), person("dos"))

    assert read_source(tmp_path / "in", "ana", file=file) == whole[0]
    assert [read_source(pair, s.id, file=pair) for s in find_interviews(pair)] == find_interviews(pair)


@given(st.text())
def test_every_text_makes_an_id_that_is_safe_in_a_path(text):
    name = safe_id(text)

    assert name and len(name) <= LONGEST_ID
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert not name.startswith("-") and not name.endswith("-")
    assert safe_id(name) == name


@pytest.mark.parametrize("name", ["../../x", "/abs", ".", "a" * 300, "李雷", "{x}", "%s", "-rf", "a\nb'\"c"])
def test_hostile_names_become_harmless_ids(name):
    assert safe_id(name).replace("-", "").isalnum()


def test_other_scripts_do_not_collide():
    assert safe_id("李") != safe_id("雷")


def test_people_of_two_bundles_in_one_folder_are_found_by_their_ids(tmp_path):
    bundle(tmp_path / "a.json", person("uno"))
    bundle(tmp_path / "b.json", person("dos"))

    for source in find_interviews(tmp_path):
        assert read_source(tmp_path, source.id, file=source.path) == source


def test_the_same_interviews_elsewhere_are_the_same(tmp_path):
    for folder in ("here", "there/deeper"):
        write_interview(tmp_path / folder / "ana.json", {"a": "uno"})

    assert only(tmp_path / "here").interview == only(tmp_path / "there/deeper").interview


def test_many_interviews_take_time_and_memory_by_their_number(tmp_path):
    def cost(number):
        folder = tmp_path / str(number)
        for each in range(number):
            write_interview(folder / f"p{each}.json", {"¿Rol?": f"Uso Opera en el turno {each}. " * 20})
        tracemalloc.start()
        begun = time.process_time()
        assert len(find_interviews(folder)) == number
        seconds, (_, peak) = time.process_time() - begun, tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return seconds, peak

    (few_seconds, few_bytes), (many_seconds, many_bytes) = cost(200), cost(1600)

    assert many_seconds < 8 * 3 * few_seconds, "eight times the interviews, and not 64 times the work"
    assert many_bytes < 8 * 2 * few_bytes


@pytest.mark.parametrize(
    "times", ["5", "[[]]", '[[[0, "x"]], []]', "[[[0, 1], [0, 2]], []]", "[[[99, 1]], []]", "[[[-1, 1]], []]"]
)
def test_times_that_do_not_fit_the_answers_fail_the_interview(tmp_path, times):
    (tmp_path / "ana.json").write_text(f'{{"qa_pairs": {{"a": "Sí.", "b": ""}}, "times": {times}}}', "utf-8")

    (source,) = find_interviews(tmp_path)

    assert '"times" is not a list of [offset, seconds] for each answer' in source.problem


def test_times_say_when_words_were_said(tmp_path):
    (tmp_path / "ana.json").write_text(
        '{"qa_pairs": {"a": "Sí. No.", "b": ""}, "times": [[[0, 1.5], [4, 3]], []]}', "utf-8"
    )

    (source,) = find_interviews(tmp_path)

    assert [answer.times for answer in source.interview.answers] == [((0, 1.5), (4, 3.0)), ()]
