"""Settings: what is wanted, where it lies, and the interviews of this run; all of it checked before any job.

IN   config.yaml and --config, the catalogue, the interviews
"""

from pathlib import Path

from snakemake.exceptions import WorkflowError
from snakemake.logging import logger

import intelligence_capture
from intelligence_capture.catalogue import load_catalogue
from intelligence_capture.errors import IntelligenceCaptureError, NoInterviewsError
from intelligence_capture.interviews import find_interviews
from intelligence_capture.jobs.pseudonyms import run_pseudonyms
from intelligence_capture.organisation import load_organisation
from intelligence_capture.pseudonyms.pseudonyms import NO_PSEUDONYMS
from intelligence_capture.reviews import decisions
from intelligence_capture.settings import check_places, load_settings
from intelligence_capture.state import RunState


def or_stop(function, *arguments):
    """What `function` returns; its error as one message instead of a traceback."""
    try:
        return function(*arguments)
    except IntelligenceCaptureError as error:
        raise WorkflowError(str(error)) from None


def beside_snakefile(path):
    """The path as it is, or where it is not there, beside the Snakefile: for runs in another folder."""
    return path if Path(path).exists() else str(Path(workflow.basedir) / path)


def in_checkout(path):
    """The path as it is, or where it is not there, in the checkout: a project need not bring its own."""
    return path if Path(path).exists() else str(Path(intelligence_capture.__file__).parents[1] / path)


def interviews_of(path):
    """Every interview there by its id; none where an import has still to make them: see extraction_files."""
    try:
        return {source.id: source for source in find_interviews(path)}
    except NoInterviewsError:
        return {}


# Snakemake merges an empty section of --config into a null of config.yaml and leaves the null.
for key, given in workflow.config_settings.overwrite_config.items():
    if given == {} and config.get(key) is None:
        config[key] = {}
SETTINGS = or_stop(load_settings, config)
for keys, place in (
    (("interviews", "organisation"), beside_snakefile),
    (("ontology", "prompt"), in_checkout),
):
    for key in keys:
        if path := getattr(SETTINGS, key):
            config[key] = place(path)
if SETTINGS.second_reader and SETTINGS.second_reader.prompt:
    config["second_reader"]["prompt"] = in_checkout(SETTINGS.second_reader.prompt)
config["graph"] = {**(config.get("graph") or {}), "prompts": in_checkout(SETTINGS.graph.prompts)}
SETTINGS = load_settings(config)
RESULTS = SETTINGS.results
CATALOGUE = or_stop(load_catalogue, Path(SETTINGS.ontology))
INTERVIEWS = or_stop(interviews_of, Path(SETTINGS.interviews))
or_stop(load_organisation, SETTINGS.organisation and Path(SETTINGS.organisation))
or_stop(decisions.load_decisions, Path(SETTINGS.reviews) / decisions.FILE_NAME, CATALOGUE)
or_stop(check_places, SETTINGS)
PSEUDONYMS = or_stop(run_pseudonyms, SETTINGS, INTERVIEWS.values()) if SETTINGS.asks_model else NO_PSEUDONYMS
STATE = RunState(Path(RESULTS))
logger.info(None, extra={"settings": SETTINGS})  # no text: for the logger plugin, which watches the run
