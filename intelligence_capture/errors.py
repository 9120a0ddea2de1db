"""Every error of the product; each message says where it is wrong and what to do."""


class IntelligenceCaptureError(Exception):
    """The base of all errors that the product raises on purpose."""


class ProjectError(IntelligenceCaptureError):
    """A project cannot be created there."""


class IntakeError(IntelligenceCaptureError):
    """A file cannot be turned into interviews; the others go on."""


class SettingsError(IntelligenceCaptureError):
    """The configuration holds something it cannot hold."""


class CatalogueError(IntelligenceCaptureError):
    """A file of the entity catalogue cannot be used."""


class InterviewError(IntelligenceCaptureError):
    """One interview cannot be read or extracted; the others go on."""


class NoInterviewsError(InterviewError):
    """There is no interview where they should be."""


class DuplicateInterviewError(IntelligenceCaptureError):
    """Two interviews share an id, or are the same interview twice."""


class ExtractionFailed(InterviewError):
    """The extractor cannot answer for this interview; it is recorded as failed."""


class RunStopped(IntelligenceCaptureError):
    """No job of this run may make a further call; what is left is pending."""


class GoldError(IntelligenceCaptureError):
    """Gold labels cannot be used, or there is nothing to hold against them."""


class DatabaseError(IntelligenceCaptureError):
    """A database cannot be used: locked for too long, damaged, or written by a newer version."""


class BackupError(IntelligenceCaptureError):
    """A backup cannot be made or restored."""


class QuestionError(IntelligenceCaptureError):
    """A question to the database cannot be looked for."""


class GateClosed(IntelligenceCaptureError):
    """The quality gate does not hold; the run must end with an error."""


class StateError(IntelligenceCaptureError):
    """What a run has to remember cannot be written."""


class RunInProgress(IntelligenceCaptureError):
    """Another run works in the same results folder."""


class ReviewError(IntelligenceCaptureError):
    """Decisions of people cannot be read."""


class ForgetError(IntelligenceCaptureError):
    """An interview cannot be forgotten now, or something still tells of it."""
