"""Reading interviews: a folder of JSON files or one bundle, with stable ids and content hashes."""

import hashlib
import re
import stat
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from intelligence_capture.errors import DuplicateInterviewError, InterviewError, NoInterviewsError
from intelligence_capture.interview_json import content_digest, is_bundle, load, meta_and_answers
from intelligence_capture.language import detect_language
from intelligence_capture.records import Answer, Interview
from intelligence_capture.texts import MOJIBAKE

LONGEST_ID = 80
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class Source:
    """Where one interview stands, known before it is extracted.

    `position` is its place in a bundle, None for a file of its own. `problem` says why it cannot be read;
    then there is no `interview`, and the run records it as failed. What is not `openable` (a link out of the
    folder, a pipe) is never opened.
    """

    id: str
    path: Path
    position: int | None
    sha256: str
    interview: Interview | None
    problem: str = ""
    openable: bool = True

    @property
    def place(self) -> str:
        """The file, and the position in a bundle, as messages name it."""
        return str(self.path) if self.position is None else f"{self.path}, interview {self.position + 1}"


def find_interviews(path: Path) -> list[Source]:
    """Every interview of a folder or bundle, sorted by id, those that cannot be read among them.

    NoInterviewsError where there is nothing to read at all, DuplicateInterviewError where two files share an
    id or one interview is there twice.
    """
    if not path.exists():
        raise NoInterviewsError(f"{path}: no such file or folder; set `interviews` in config.yaml")
    if path.is_dir():
        sources = [source for file in _json_files(path) for source in _read_file(file, path)]
    else:
        sources = list(_read_bundle(path))
    if not sources:
        raise NoInterviewsError(
            f"{path}: no interview in it (a folder holds .json files, a bundle a list); "
            "`snakemake import_files` makes them of other files"
        )
    _refuse_same_content(sources)
    return sorted(_all_told_apart(sources), key=lambda source: source.id)


def read_source(path: Path, interview: str, *, file: Path | None = None) -> Source:
    """The one interview with this id, from its file where that is known, without reading a whole folder.

    InterviewError where it is not there any more.
    """
    return read_sources(path, [interview], [file] if file else [])[interview]


def read_sources(path: Path, interviews: Iterable[str], files: Iterable[Path]) -> dict[str, Source]:
    """The interviews with these ids, from their files where those are known; InterviewError if one is gone."""
    wanted = set(interviews)
    known = sorted(set(files)) if path.is_dir() else []
    read = (source for file in known for source in _read_file(file, path))
    found = {source.id: source for source in _all_told_apart(list(read)) if source.id in wanted}
    # Without its file, or where an id comes from several files (bundles in a folder), all are read.
    if len(found) < len(wanted):
        found = {source.id: source for source in find_interviews(path) if source.id in wanted}
    for interview in sorted(wanted - set(found)):
        raise InterviewError(f"{path}: interview {interview} is gone since the run began; run again")
    return found


def safe_id(text: str) -> str:
    """An id for `text` that is safe in a path: a-z, 0-9 and single hyphens, at most 80 characters.

    Case and accents are folded, so that names which differ only there collide and are reported. Where
    letters of another script are lost, or the text is too long, a hash of the text keeps ids apart.
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)).lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    lost = any(c.isalnum() and not c.isascii() for c in plain)
    if not slug or lost or len(slug) > LONGEST_ID:
        kept = (slug[: LONGEST_ID - 9] or "interview").strip("-")
        return f"{kept}-{_sha256(plain)[:8]}"
    return slug


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _json_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.json") if not path.name.startswith("."))


def _refusal(file: Path, folder: Path) -> str:
    """Why this directory entry is not opened; '' where it may be."""
    if file.is_symlink():
        try:
            target = file.resolve()
        except (OSError, RuntimeError):
            return "a symbolic link that leads to itself"
        if not target.exists():
            return "a symbolic link to a file that does not exist"
        if not target.is_relative_to(folder.resolve()):
            return "a symbolic link that leads out of the folder; copy the file here"
    mode = file.stat().st_mode
    if stat.S_ISDIR(mode):
        return "a folder, not a file; rename it without .json"
    return "" if stat.S_ISREG(mode) else "not a regular file"


def _read_file(file: Path, folder: Path) -> Iterator[Source]:
    name = safe_id(str(file.relative_to(folder).with_suffix("")))
    if problem := _refusal(file, folder):
        yield Source(name, file, None, _sha256(problem), None, f"{file}: {problem}", openable=False)
        return
    try:
        content = load(file)
    except InterviewError as error:
        yield Source(name, file, None, hashlib.sha256(file.read_bytes()).hexdigest(), None, str(error))
        return
    except OSError as error:
        yield Source(name, file, None, _sha256(str(error)), None, f"{file}: cannot be read: {error.strerror}")
        return
    if is_bundle(content):
        yield from (_source(file, folder, position, item, None) for position, item in enumerate(content))
    else:
        yield _source(file, folder, None, content, name)


def _read_bundle(file: Path) -> Iterator[Source]:
    if not file.is_file():
        raise InterviewError(f"{file}: neither a file nor a folder; set `interviews` in config.yaml")
    content = load(file)
    if not is_bundle(content):
        raise InterviewError(f"{file}: a bundle is a list of interviews; for single files name their folder")
    yield from (_source(file, file.parent, position, item, None) for position, item in enumerate(content))


def _source(file: Path, folder: Path, position: int | None, content: Any, name: str | None) -> Source:  # noqa: ANN401
    digest = content_digest(content)
    place = str(file) if position is None else f"{file}, interview {position + 1}"
    try:
        meta, answers = meta_and_answers(content)
    except InterviewError as error:
        return Source(name or f"interview-{digest[:8]}", file, position, digest, None, f"{place}: {error}")
    identity = name or safe_id(" ".join(filter(None, (meta.respondent, meta.company, meta.date))))
    if not name and not (meta.respondent or meta.company or meta.date):
        identity = f"interview-{digest[:8]}"
    interview = Interview(
        id=identity,
        # Not the whole path: the same interviews give the same database wherever they are kept.
        source=file.relative_to(folder).as_posix(),
        sha256=digest,
        meta=meta,
        language=detect_language(" ".join(answer.answer for answer in answers)),
        answers=answers,
        warnings=tuple(_warnings(answers)),
    )
    return Source(identity, file, position, digest, interview)


def _warnings(answers: tuple[Answer, ...]) -> Iterator[str]:
    for index, answer in enumerate(answers):
        if match := MOJIBAKE.search(answer.answer):
            yield f"answer {index} looks wrongly decoded at character {match.start()} (mojibake)"
        if match := _CONTROL.search(answer.answer):
            yield f"answer {index} holds a control character at character {match.start()}"
    if not any(answer.answer.strip() for answer in answers):
        yield "no question was answered"


def _refuse_same_content(sources: list[Source]) -> None:
    first: dict[str, Source] = {}
    for source in sources:
        if source.interview is None:
            continue
        if source.sha256 in first:
            raise DuplicateInterviewError(
                f"the same interview twice: {first[source.sha256].place} and {source.place}; remove one"
            )
        first[source.sha256] = source


def _by_id(sources: list[Source]) -> dict[str, list[Source]]:
    groups: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        groups[source.id].append(source)
    return groups


def _all_told_apart(sources: list[Source]) -> Iterator[Source]:
    for group in _by_id(sources).values():
        yield from _told_apart(group)


def _told_apart(group: list[Source]) -> Iterator[Source]:
    """The sources with one id: from files that is an error, in a bundle each gets a content suffix."""
    if len(group) == 1:
        yield group[0]
        return
    if any(source.position is None for source in group):
        raise DuplicateInterviewError(
            f"two interviews have the id {group[0].id!r}: {group[0].place} and {group[1].place}; "
            "file names must differ in more than case, accents and punctuation"
        )
    for source in group:
        identity = f"{source.id}-{source.sha256[:8]}"
        interview = source.interview and source.interview.model_copy(update={"id": identity})
        yield replace(source, id=identity, interview=interview)
