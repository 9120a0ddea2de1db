"""How many names in the samples pseudonyms replace, and what they replace that is none.

`python -m benchmarks.pseudonyms`. pseudonym_names.csv holds the people whom the answers name, found by reading
all words that are capitalised inside or at the start of a sentence, the respondents' names in any case, and
eight interviews in full; all places where a name stands there as it is written are mentions.
"""

import csv
import re
from pathlib import Path

from intelligence_capture.interviews import find_interviews
from intelligence_capture.pseudonyms.names import KnownNames, NamedThing, respondent_name
from intelligence_capture.pseudonyms.numbers import Numbers
from intelligence_capture.pseudonyms.pseudonyms import Pseudonyms
from intelligence_capture.records import Interview

ROOT = Path(__file__).parents[1]
KINDS = ("email", "telephone", "account", "identity")


def main() -> None:
    """Print what is found without a map, with one of all others, and with respondents in any case."""
    with (Path(__file__).parent / "pseudonym_names.csv").open(encoding="utf-8", newline="") as file:
        labels = list(csv.DictReader(file))
    found = find_interviews(ROOT / "data" / "interviews")
    interviews = [source.interview for source in found if source.interview]
    respondents = [respondent_name(interview.meta) for interview in interviews]
    others = sorted({row["name"].title() for row in labels if row["respondent"] == "no"})
    words = sorted({word.lower() for one in respondents for word in re.findall(r"\w{3,}", one)})
    for title, names in (
        ("respondents alone", []),
        ("with a map of the others", others),
        ("respondents in any case", words),
    ):
        known = KnownNames([NamedThing(name=name) for name in names], respondents)
        print(f"\n{title}")
        _print_counts(
            Pseudonyms((Numbers(KINDS), known), b"a key of the benchmark alone......"), interviews, labels
        )


def _print_counts(pseudonyms: Pseudonyms, interviews: list[Interview], labels: list[dict[str, str]]) -> None:
    counts = {"yes": [0, 0], "no": [0, 0]}
    missed, wrong = [], []
    for interview in interviews:
        names = {row["name"]: row["respondent"] for row in labels if row["interview"] == interview.id}
        for answer in interview.answers:
            replaced = [(one.start, one.end) for one in pseudonyms.hide([answer.answer]).texts[0].replaced]
            said = set()
            # The longest name first: who is called by both names is mentioned once.
            either = "|".join(sorted(map(re.escape, names), key=len, reverse=True)) or "(?!)"
            for match in re.finditer(rf"\b(?:{either})\b", answer.answer):
                inside = [one for one in replaced if one[0] <= match.start() and match.end() <= one[1]]
                said.update(inside)
                counts[names[match[0]]][0 if inside else 1] += 1
                missed += [] if inside else [f"{match[0]} ({interview.id})"]
            wrong += [f"{answer.answer[a:b]} ({interview.id})" for a, b in replaced if (a, b) not in said]
    for respondent, who in (("yes", "respondents"), ("no", "others")):
        print(f"mentions of {who}: {counts[respondent][0]} replaced, {counts[respondent][1]} missed")
    print(
        f"missed: {', '.join(missed) or 'none'}\nreplaced and no name: {len(wrong)}: {', '.join(wrong) or 'none'}"
    )


if __name__ == "__main__":
    main()
