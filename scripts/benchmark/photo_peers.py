"""Photographs read, resized, mixed in pairs and written as pictures, by Pillow and OpenCV."""

import json
from pathlib import Path

from benchmark.cifar_peers import BATCH, beta
from benchmark.inputs import SIDE
from benchmark.peers import PROCESSES, Done


def pillow():
    import numpy as np
    from PIL import Image

    def read(path):
        with Image.open(path) as picture:
            return np.asarray(picture.convert("RGB").resize((SIDE, SIDE), Image.BILINEAR))

    def mix(a, b, lam):
        return np.rint(a * np.float32(lam) + b * np.float32(1 - lam)).astype(np.uint8)

    def write(path, pixels):
        Image.fromarray(pixels).save(path, **({"quality": 95} if path.endswith("jpg") else {}))

    return read, mix, write


def opencv():
    import cv2

    cv2.setNumThreads(0)

    def read(path):
        return cv2.resize(cv2.imread(path), (SIDE, SIDE), interpolation=cv2.INTER_LINEAR)

    def mix(a, b, lam):
        return cv2.addWeighted(a, lam, b, 1 - lam, 0)

    return read, mix, cv2.imwrite


def to_pictures(tool, form, folder, out, rank):
    read, mix, write = tool()
    paths = sorted(str(path) for path in Path(folder).glob("*/*"))[rank::PROCESSES]
    with open(f"{out}/rows-{rank}.jsonl", "w") as rows:
        for at in range(0, len(paths), BATCH):
            pictures = [read(path) for path in paths[at:at + BATCH]]
            for i, lam in enumerate(beta(len(pictures))):
                name = f"{rank}-{at + i:08d}.{form}"
                write(f"{out}/{name}", mix(pictures[i], pictures[-1 - i], float(lam)))
                rows.write(json.dumps({"file": name, "lambda": float(lam)}) + "\n")
    return Done(len(paths))
