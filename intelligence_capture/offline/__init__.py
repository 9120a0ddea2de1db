"""Extraction without a key, a network or a download, in Spanish and English."""

from intelligence_capture.offline.extractor import OfflineExtractor, offline_extractor

__all__ = ["OfflineExtractor", "offline_extractor"]
