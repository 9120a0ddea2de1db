"""Save the database that the merge is about to replace: rules/merge.smk."""

import json
from pathlib import Path

from intelligence_capture.joblog import job_log
from intelligence_capture.settings import load_settings
from intelligence_capture.state import write_whole
from intelligence_capture.storage.backup import save_before_merge, timestamp_now

with job_log(snakemake.log[0]):
    settings = load_settings(snakemake.config)
    done = save_before_merge(
        Path(settings.results), Path(settings.reviews), Path(settings.backups), timestamp=timestamp_now()
    )
    print(done)
    write_whole(Path(snakemake.output.done), json.dumps({"merged_from": snakemake.params.merged_from}))
