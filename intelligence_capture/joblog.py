"""The log of a job."""

import logging
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from intelligence_capture.errors import IntelligenceCaptureError
from intelligence_capture.interrupts import INTERRUPTED


@contextmanager
def job_log(path: str) -> Iterator[None]:
    """Send the package's log lines to this file; an error goes there too, its message also to stderr.

    An expected error ends the job with its message alone, an unexpected one with its traceback.
    """
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(path, mode="w", encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(levelname)s %(message)s"))
    logger = logging.getLogger("intelligence_capture")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    try:
        yield
    except IntelligenceCaptureError as error:
        logger.error("%s", error)
        print(error, file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        logger.error("interrupted")
        sys.exit(INTERRUPTED)
    except Exception:
        logger.error("%s", traceback.format_exc())
        raise
    finally:
        logger.removeHandler(handler)
        handler.close()
