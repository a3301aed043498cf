"""Where the peers are: installed modules, and checkouts in one folder that bench is told."""

import importlib
import importlib.util
import os
import sys
from pathlib import Path
from typing import NamedTuple

PROCESSES = 2
CHECKOUTS_AT = "MIXSMITH_BENCH_PEERS"

MODULES = {"numpy": "numpy", "torch": "torch", "pillow": "PIL", "opencv": "cv2",
           "timm": "torch", "fmix": "scipy", "zeta": "torch"}
CHECKOUTS = {
    "timm": "timm/timm/data/mixup.py",  # huggingface/pytorch-image-models
    "fmix": "fmix/fmix.py",  # ecs-vlc/FMix
    "zeta": "zeta/zeta_mixup.py",  # kakumarabhishek/zeta-mixup
}


class Done(NamedTuple):
    """What a process made; in which time, where only a part of its work counts."""
    samples: int
    seconds: float | None = None


def place_of(peer):
    return Path(os.environ.get(CHECKOUTS_AT, "")) / CHECKOUTS[peer]


def checkout(peer):
    """The peer's module, from its checkout."""
    path = place_of(peer)
    sys.path.insert(0, str(path.parent))
    return importlib.import_module(path.stem)


def why_missing(peer):
    """What is not there, or nothing."""
    if not importlib.util.find_spec(MODULES[peer]):
        return f"no module {MODULES[peer]}"
    if peer in CHECKOUTS and CHECKOUTS_AT not in os.environ:
        return "no folder of checkouts (--peers)"
    if peer in CHECKOUTS and not place_of(peer).is_file():
        return f"no {place_of(peer)}"
    return ""
