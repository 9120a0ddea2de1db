"""Places: what lies on this machine, what in a storage, what other machines share. See docs/cluster.md.

IN   the storage and the executor of this run
"""

import os
from functools import cache

from intelligence_capture.catalogue import catalogue_files
from intelligence_capture.llm.places import place_warnings

STORAGE = workflow.storage_settings.default_storage_prefix


def never_stored(files):
    """These files as they lie on this machine, also where results go to a storage."""
    return [local(str(file)) for file in files]


def catalogue():
    """The files of the entity catalogue."""
    return never_stored(catalogue_files(Path(SETTINGS.ontology)))


@cache
def on_disk(file):
    """A result, or a copy of it where results lie in a storage; no file is there if there is no result."""
    if not STORAGE:
        return Path(file)
    copy = STATE.folder / "fetched" / file
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.unlink(missing_ok=True)
    stored = workflow.storage_registry.default_storage_provider.object(f"{STORAGE.rstrip('/')}/{file}")
    if stored.exists():
        stored.set_local_path(copy)
        stored.retrieve_object()
    return copy


def results_on_disk(wildcards):
    """The results folder, for what cannot be done to results in a storage."""
    if STORAGE:
        raise WorkflowError(f"results lie in {STORAGE}: save, restore and remove them with its own tools")
    return RESULTS


def check_storage():
    """Refuse an S3 address that jobs would not hear of: their results would go to the real service."""
    given = workflow.storage_provider_settings.get("s3")
    endpoint = given and given.get_settings() and given.get_settings().endpoint_url
    if endpoint and os.environ.get("AWS_ENDPOINT_URL") != endpoint:
        raise WorkflowError(
            f"an S3 address given as an option does not reach jobs: export AWS_ENDPOINT_URL={endpoint}"
        )


def say_where_things_lie():
    """Tell a person what may not hold where things lie as they do; nothing where all is well."""
    for warning in place_warnings(SETTINGS, many_machines=workflow.non_local_exec):
        logger.warning(warning)
    if STORAGE:
        logger.warning(f"Results replace those in {STORAGE}: only its own versions keep the earlier ones.")


check_storage()
