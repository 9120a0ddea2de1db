"""The pseudonyms of a run: its key, its map, and the people it interviewed."""

from collections.abc import Iterable
from pathlib import Path

from intelligence_capture.errors import NoInterviewsError
from intelligence_capture.interviews import Source, find_interviews
from intelligence_capture.pseudonyms.names import KnownNames, read_map, respondent_name
from intelligence_capture.pseudonyms.numbers import Numbers
from intelligence_capture.pseudonyms.private import read_key, refuse_readable_by_others
from intelligence_capture.pseudonyms.pseudonyms import NO_PSEUDONYMS, Pseudonyms
from intelligence_capture.settings import Settings


def run_pseudonyms(settings: Settings, sources: Iterable[Source] | None = None) -> Pseudonyms:
    """What replaces names in all that this run sends; `sources` are its interviews where they are read already.

    SettingsError where others can read the key or the map, or one of them cannot be used.
    """
    wanted = settings.pseudonyms
    if wanted is None:
        return NO_PSEUDONYMS
    things = []
    if wanted.map:
        refuse_readable_by_others(Path(wanted.map))
        things = read_map(Path(wanted.map))
    if sources is None:
        try:
            sources = find_interviews(Path(settings.interviews))
        except NoInterviewsError:
            sources = ()
    respondents = [respondent_name(source.interview.meta) for source in sources if source.interview]
    finders = (Numbers(wanted.patterns), KnownNames(things, respondents))
    return Pseudonyms(finders, read_key(Path(wanted.key)))
