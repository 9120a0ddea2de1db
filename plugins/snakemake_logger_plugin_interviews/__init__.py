"""Snakemake's logger plugin `interviews`: a run that can be watched instead of a log that scrolls by.

While jobs run, the watch says what they did; everything else (warnings, errors, dry runs, lists, graphs) is
left to Snakemake's own format. `intelligence_capture.watching` has the logic; this only translates events.
"""

import sys
import time
from logging import INFO, LogRecord
from typing import Any

from snakemake.logging import ColorizingTextHandler
from snakemake_interface_logger_plugins.base import LogHandlerBase
from snakemake_interface_logger_plugins.common import LogEvent

UNSAID = {LogEvent.WORKFLOW_STARTED, LogEvent.JOB_STARTED, LogEvent.PROGRESS, LogEvent.RESOURCES_INFO}
NOISE = (
    "Assuming unrestricted shared filesystem usage",
    "Building DAG of jobs",
    "Using shell",
    "Conda environments: ignored",
    "Select jobs to execute",
    "Touching output file",
    "Elapsed time",
    "None",  # an event without text
)
NOTHING_TO_DO = "Nothing to be done"


class LogHandler(LogHandlerBase):
    """Prints what `watching.Watch` says of a run, and all else as Snakemake does."""

    writes_to_stream = True
    writes_to_file = False
    has_filter = False
    has_formatter = False
    needs_rulegraph = False

    def __post_init__(self) -> None:
        """Be brief unless somebody asked for a dry run or for every detail; watch unless for silence."""
        asked = self.common_settings
        self._brief = not (asked.dryrun or asked.verbose or asked.debug_dag)
        self._watching = self._brief and not {str(one) for one in asked.quiet or ()} & {"all", "progress"}
        self._stream = sys.stdout if asked.stdout else sys.stderr
        self._default = ColorizingTextHandler(nocolor=asked.nocolor, stream=self._stream)
        self._settings: Any = None
        self._watch: Any = None
        self._line: Any = None

    def emit(self, record: LogRecord) -> None:
        """Print the record, or what it means for the run."""
        try:
            self._settings = getattr(record, "settings", None) or self._settings
            event = getattr(record, "event", None)
            if event == LogEvent.WORKFLOW_STARTED and self._watching and self._settings:
                self._begin(record.created)
            if self._watch:
                with self._line.erased():
                    self._tell(record, event)
            elif not (self._brief and self._is_noise(record)):
                self._print_default(record)
        except BrokenPipeError:
            raise
        except Exception:
            self.handleError(record)

    def close(self) -> None:
        """Take the status line away and say how the run ended."""
        if self._watch:
            self._line.end()
            self._print(self._watch.ended(time.time()))
            self._watch = None
        super().close()

    def _begin(self, at: float) -> None:
        # The Snakefile has put the checkout on the path; before it was read nothing can be watched.
        from intelligence_capture.watching.status_line import StatusLine
        from intelligence_capture.watching.watch import Watch

        watch = self._watch = Watch(self._settings, at)
        self._line = StatusLine(self._stream, lambda: watch.status(time.time()))

    def _tell(self, record: LogRecord, event: LogEvent | None) -> None:
        from intelligence_capture.watching.progress import Job

        facts = vars(record)
        if event == LogEvent.RUN_INFO:
            self._print(self._watch.planned(facts["stats"]))
        elif event == LogEvent.JOB_INFO:
            self._watch.started(
                facts["jobid"], Job(facts["rule_name"], record.created, tuple(facts["output"]))
            )
        elif event == LogEvent.JOB_FINISHED:
            self._print(self._watch.finished(facts["job_id"], record.created))
        elif not self._is_noise(record):
            self._print_default(record)
            self._after(record, event)

    def _after(self, record: LogRecord, event: LogEvent | None) -> None:
        facts, is_shown = vars(record), self.common_settings.show_failed_logs
        if event == LogEvent.JOB_ERROR:
            log = next(iter(facts["log"]), "")
            self._print(self._watch.failed(facts["jobid"], facts["rule_name"], log, log_is_shown=is_shown))
        elif event is None and record.getMessage().startswith(NOTHING_TO_DO):
            self._print(self._watch.nothing_to_do())

    def _is_noise(self, record: LogRecord) -> bool:
        noise = NOISE if self._watch and self._watch.has_failed else (*NOISE, "Complete log")
        said = getattr(record, "event", None) not in UNSAID and not record.getMessage().startswith(noise)
        return record.levelno <= INFO and not said

    def _print_default(self, record: LogRecord) -> None:
        self._default.setFormatter(self.formatter)
        self._default.emit(record)

    def _print(self, texts: list[str]) -> None:
        for text in texts:
            self._stream.write(f"{text}\n")
        self._stream.flush()
