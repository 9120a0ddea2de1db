"""A project for programs of qualitative analysis: interviews as sources, every verified quote as a coding."""

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from intelligence_capture.catalogue import EntityType
from intelligence_capture.qda.codebook import add_codes, code_guid
from intelligence_capture.qda.markup import ORIGIN, add, as_bytes, guid
from intelligence_capture.qda.transcript import transcript
from intelligence_capture.records import Evidence
from intelligence_capture.reports.records import ReportData
from intelligence_capture.reports.rows import Item, Talk
from intelligence_capture.reports.wording import field_title, wording

NAMESPACE = "urn:QDA-XML:project:1.0"
VARIABLES = ("respondent", "role", "company", "business_unit", "department", "date", "language")
"""What of an interview analysts filter by; each is a variable of its case."""
NO_DATE = "1970-01-01"
"""Where an interview has none: QualCoder cannot read a selection without a date."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
_NOT_IN_FILE_NAMES = re.compile(r'[/\\:*?"<>|\x00-\x1f]')


class Project(NamedTuple):
    """The bytes of a .qdpx file, and what is in it."""

    content: bytes
    sources: int
    codings: int
    without_place: int

    def summary(self) -> str:
        """One line on what was exported and what was not."""
        left_out = f"; {self.without_place} quotes that no answer holds are left out"
        return f"{self.sources} interviews, {self.codings} codings{left_out if self.without_place else ''}"


def project_file(data: ReportData) -> Project:
    """Everything that has a place in an interview, in the language of the reports."""
    talks = [talk for talk in data.interviews if talk.answers]
    quotes = [(item, quote) for item in data.entities for quote in item.evidence]
    placed = [(item, quote) for item, quote in quotes if quote.verified]
    root = ET.Element("Project", name=wording(data.language)["interviews"], origin=ORIGIN)
    _add_users(root, {_user(item) for item, _ in placed})
    add_codes(add(root, "CodeBook"), data.catalogue, data.language)
    if talks:
        names = _names(talks)
        _add_cases(root, talks, names, data)
        _add_sources(root, talks, names, placed, data)
        _add_groups(root, talks)
    without_place = len(quotes) - len(placed)
    if without_place:
        add(root, "Description", wording(data.language)["qda_left_out"].format(n=without_place))
    texts = {f"sources/{_source(talk)}.txt": transcript(talk).text.encode() for talk in talks}
    archive = _zipped({"project.qde": as_bytes(root, NAMESPACE), **texts})
    return Project(archive, len(talks), len(placed), without_place)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """An archive of these files; the same files give the same bytes."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=_EARLIEST)
            entry.compress_type, entry.create_system, entry.external_attr = (
                zipfile.ZIP_DEFLATED,
                3,
                0o644 << 16,
            )
            packed.writestr(entry, files[name])
    return archive.getvalue()


def _source(talk: Talk) -> str:
    return guid("source", talk.id)


def _user(item: Item) -> str:
    """Who coded: the extractor, or the person who added what no extractor found."""
    return item.decided_by if item.extractor == "review" and item.decided_by else item.extractor


def _add_users(root: ET.Element, names: Iterable[str]) -> None:
    if names := sorted(names):
        users = add(root, "Users")
        for name in names:
            add(users, "User", guid=guid("user", name), name=name)


def _names(talks: Iterable[Talk]) -> dict[str, str]:
    """A name of each interview that no other has, and that programs may use for a file."""
    said = {talk.id: " – ".join(filter(None, (talk.company, talk.respondent))) or talk.id for talk in talks}
    safe = {ident: _NOT_IN_FILE_NAMES.sub("-", name) for ident, name in said.items()}
    often = Counter(name.casefold() for name in safe.values())
    return {
        ident: name if often[name.casefold()] == 1 else f"{name} ({ident})" for ident, name in safe.items()
    }


def _add_cases(root: ET.Element, talks: Iterable[Talk], names: Mapping[str, str], data: ReportData) -> None:
    variables = add(root, "Variables")
    for name in VARIABLES:
        title = wording(data.language)[name]
        kind = "Date" if name == "date" else "Text"
        add(variables, "Variable", guid=guid("variable", name), name=title, typeOfVariable=kind)
    cases = add(root, "Cases")
    for talk in talks:
        case = add(cases, "Case", guid=guid("case", talk.id), name=names[talk.id])
        for name in VARIABLES:
            if value := getattr(talk, name):
                given = add(case, "VariableValue")
                add(given, "VariableRef", targetGUID=guid("variable", name))
                add(given, "DateValue" if name == "date" else "TextValue", value)
        add(case, "SourceRef", targetGUID=_source(talk))


def _add_sources(
    root: ET.Element,
    talks: Iterable[Talk],
    names: Mapping[str, str],
    placed: Iterable[tuple[Item, Evidence]],
    data: ReportData,
) -> None:
    of_talk: dict[str, list[tuple[Item, Evidence]]] = {}
    for item, quote in placed:
        of_talk.setdefault(item.interview_id, []).append((item, quote))
    types = {entity_type.table: entity_type for entity_type in data.catalogue}
    sources = add(root, "Sources")
    for talk in talks:
        created = f"{talk.date or NO_DATE}T00:00:00Z"
        source = add(
            sources,
            "TextSource",
            guid=_source(talk),
            name=names[talk.id],
            plainTextPath=f"internal://{_source(talk)}.txt",
            creationDateTime=created,
        )
        starts = transcript(talk).starts
        marked = [(_place(quote, starts), item) for item, quote in of_talk.get(talk.id, ())]
        for place, item in sorted(marked, key=lambda one: (one[0], one[1].type, one[1].id)):
            _add_selection(source, place, item, memo=_memo(item, types[item.type], data), created=created)


def _place(quote: Evidence, starts: tuple[int, ...]) -> tuple[int, int]:
    """Where a verified quote stands in the transcript: its first character, and the one after its last."""
    if quote.question_index is None or quote.start is None or quote.end is None:
        raise ValueError(f"a verified quote without a place: {quote.quote!r}")
    before = starts[quote.question_index]
    return before + quote.start, before + quote.end


def _add_selection(
    source: ET.Element, place: tuple[int, int], item: Item, *, memo: str, created: str
) -> None:
    by = guid("user", _user(item))
    selection = add(
        source,
        "PlainTextSelection",
        guid=guid("selection", item.id, *place),
        name=item.label,
        startPosition=str(place[0]),
        endPosition=str(place[1]),
        creatingUser=by,
        creationDateTime=created,
    )
    add(selection, "Description", memo)
    coding = add(
        selection, "Coding", guid=guid("coding", item.id, *place), creatingUser=by, creationDateTime=created
    )
    add(coding, "CodeRef", targetGUID=code_guid(item.type))


def _memo(item: Item, entity_type: EntityType, data: ReportData) -> str:
    """What the entity says beyond its label, and how sure that is."""
    say = wording(data.language)
    lines = [item.description] if item.description and item.description != item.label else []
    for name, value in item.fields.items():
        if value not in (None, "", []):
            said = "; ".join(value) if isinstance(value, list) else str(value)
            said = say.get(said, said) if entity_type.fields[name].kind == "enum" else said
            lines.append(f"{field_title(entity_type, name, data.language)}: {said}")
    lines.append(f"{say['confidence']}: {item.confidence:.2f}")
    if item.decided_by:
        lines.append(f"{say['decided_by']}: {item.decided_by}")
    elif item.needs_review:
        lines.append(say["needs_review"])
    return "\n".join(lines)


def _add_groups(root: ET.Element, talks: Iterable[Talk]) -> None:
    """A set of the interviews of each company."""
    of_company: dict[str, list[Talk]] = {}
    for talk in talks:
        if talk.company:
            of_company.setdefault(talk.company, []).append(talk)
    if of_company:
        sets = add(root, "Sets")
        for company in sorted(of_company):
            group = add(sets, "Set", guid=guid("company", company), name=company)
            for talk in of_company[company]:
                add(group, "MemberSource", targetGUID=_source(talk))
