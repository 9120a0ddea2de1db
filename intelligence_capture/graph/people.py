"""The posts of the people who were interviewed, by the names that others call them by."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from intelligence_capture.graph.records import Talk

_RUN = re.compile(r"(?<![\w-])[A-ZÁÉÍÓÚÑ]\w+(?: [A-ZÁÉÍÓÚÑ]\w+)*")
Posts = Mapping[str, tuple[str, frozenset[str]]]
"""The post for each name that only one respondent of a company has, with all names of that respondent."""


def posts_by_company(talks: Iterable[Talk]) -> dict[str, Posts]:
    """The posts of each company's respondents; who has no name or no post is left out."""
    found: dict[str, dict[str, list[tuple[str, frozenset[str]]]]] = defaultdict(lambda: defaultdict(list))
    for talk in talks:
        names = frozenset(re.findall(r"[A-ZÁÉÍÓÚÑ]\w{2,}", talk.respondent))
        for name in names if talk.role else ():
            found[talk.company][name].append((talk.role, names))
    return {
        company: {name: those[0] for name, those in names.items() if len(those) == 1}
        for company, names in found.items()
    }


def with_posts(text: str, posts: Posts) -> str:
    """The text with the post where a respondent is named: "la maneja Ximena" as "la maneja el Jefe de Marketing".

    Of names in a row all have to be his: "Santa Rosa" is nobody.
    """

    def post(match: re.Match[str]) -> str:
        words = match.group().split()
        role, names = posts.get(words[-1]) or posts.get(words[0]) or ("", frozenset())
        return f"el {role}" if names and names.issuperset(words) else match.group()

    return _RUN.sub(post, text) if posts else text
