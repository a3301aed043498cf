"""CIFAR records mixed and written as others do it: NumPy, torch, timm, the authors of FMix and ζ-mixup,
OpenCV. Every process takes every PROCESSES-th record of a shuffled list.

A mixer takes a batch, pixels (n, 3, 32, 32) and labels (n), and returns mixed pixels, uint8, and soft
labels (n, CLASSES). Partners are those of the reversed batch, where the mixer chooses.
"""

import io
import json
import os
import tarfile
import time
from pathlib import Path

from benchmark.inputs import RECORD, SIDE
from benchmark.peers import PROCESSES, Done, checkout

BATCH = 128
CLASSES = 10
MASKS = 600  # of SIDE × SIDE


def beta(n):
    """λ for each of n samples, Beta(1, 1)."""
    import numpy as np

    return np.random.default_rng(os.getpid()).random(n, dtype=np.float32)


def one_hot(y):
    import numpy as np

    return np.eye(CLASSES, dtype=np.float32)[y]


def two_labels(y, lam):
    hot = one_hot(y)
    return hot * lam[:, None] + hot[::-1] * (1 - lam)[:, None]


# --- mixers ---


def numpy_mixup():
    """16-bit fixed point with 8-bit weights, the fastest way in NumPy."""
    import numpy as np

    def mix(x, y):
        lam = beta(len(x))
        weight = np.rint(lam * 256).astype(np.uint16)[:, None, None, None]
        a = x.astype(np.uint16)
        b = a[::-1] * (256 - weight)
        a *= weight
        a += b
        a += 128
        a >>= 8
        return a.astype(np.uint8), two_labels(y, lam)

    return mix


def numpy_cutmix():
    import numpy as np

    def mix(x, y):
        half = (32 * np.sqrt(1 - beta(len(x)))).astype(int) // 2
        cy, cx = np.random.randint(0, 32, (2, len(x)))
        y0, y1 = np.clip(cy - half, 0, 32), np.clip(cy + half, 0, 32)
        x0, x1 = np.clip(cx - half, 0, 32), np.clip(cx + half, 0, 32)
        out = x.copy()
        for i in range(len(x)):
            out[i, :, y0[i]:y1[i], x0[i]:x1[i]] = x[-1 - i, :, y0[i]:y1[i], x0[i]:x1[i]]
        return out, two_labels(y, (1 - (y1 - y0) * (x1 - x0) / 1024).astype(np.float32))

    return mix


def torch_mixup():
    import torch

    def mix(x, y):
        lam = beta(len(x))
        weight = torch.from_numpy(lam)[:, None, None, None]
        a = torch.from_numpy(x).float()
        mixed = a.mul(weight).add_(a.flip(0).mul_(1 - weight))
        return mixed.round_().to(torch.uint8).numpy(), two_labels(y, lam)

    return mix


def timm_options(mixup, cutmix):
    """A λ or a box for each sample."""
    return {"mixup_alpha": mixup, "cutmix_alpha": cutmix, "mode": "elem", "label_smoothing": 0,
            "num_classes": CLASSES}


def timm_batch(mixup, cutmix):
    """Mixup, which is called with a batch of floats."""
    import torch

    ready = checkout("timm").Mixup(**timm_options(mixup, cutmix))

    def mix(x, y):
        mixed, soft = ready(torch.from_numpy(x).float(), torch.from_numpy(y))
        return mixed.round_().to(torch.uint8).numpy(), soft.numpy()

    return mix


def timm_collate(mixup, cutmix):
    """FastCollateMixup, which makes the batch of the loader's bytes."""
    ready = checkout("timm").FastCollateMixup(**timm_options(mixup, cutmix))

    def mix(x, y):
        mixed, soft = ready(list(zip(x, y)))
        return mixed.numpy(), soft.float().numpy()

    return mix


def authors_zeta():
    import torch

    zeta_mixup = checkout("zeta").zeta_mixup

    def mix(x, y):
        mixed, soft = zeta_mixup(torch.from_numpy(x).float(), torch.from_numpy(y), CLASSES)
        return mixed.round_().to(torch.uint8).numpy(), soft.numpy()

    return mix


def authors_fmix():
    """A mask for each sample."""
    import numpy as np

    sample_mask = checkout("fmix").sample_mask

    def mix(x, y):
        lam, masks = zip(*(sample_mask(1, 3, (32, 32)) for _ in range(len(x))))
        mask = np.stack(masks).astype(np.uint8)
        return np.where(mask, x, x[::-1]), two_labels(y, np.array(lam, np.float32))

    return mix


# --- what is done with them ---


def read_records(folder):
    """(N, RECORD). That the files' own memory is freed here makes the C library keep later batches'."""
    import numpy as np

    blobs = [np.fromfile(path, np.uint8) for path in sorted(Path(folder).glob("data_batch_*.bin"))]
    return np.concatenate(blobs).reshape(-1, RECORD)


def batches(folder, rank):
    """This process's pixels and labels, a batch at a time."""
    import numpy as np

    records = read_records(folder)
    order = np.random.default_rng(7).permutation(len(records))[rank::PROCESSES]
    for at in range(0, len(order), BATCH):
        batch = records[order[at:at + BATCH]]
        yield batch[:, 1:].reshape(-1, 3, 32, 32), batch[:, 0].astype(np.int64)


def to_npy(make_mixer, folder, out, rank):
    mix, made = make_mixer(), 0
    with open(f"{out}/images-{rank}.npy", "wb") as images, open(f"{out}/labels-{rank}.npy", "wb") as labels:
        for x, y in batches(folder, rank):
            mixed, soft = mix(x, y)
            images.write(mixed.tobytes())
            labels.write(soft.tobytes())
            made += len(mixed)
    return Done(made)


def as_opencv(mixed):
    """(n, 3, 32, 32) red first → (n, 32, 32, 3) blue first."""
    import numpy as np

    return np.ascontiguousarray(mixed[:, ::-1].transpose(0, 2, 3, 1))


def to_tar(make_mixer, folder, out, rank):
    """PNG by OpenCV, Python's tarfile, the label as JSON."""
    import cv2

    mix, made = make_mixer(), 0
    with tarfile.open(f"{out}/{rank}.tar", "w", format=tarfile.USTAR_FORMAT) as tar:
        for x, y in batches(folder, rank):
            mixed, soft = mix(x, y)
            for picture, label in zip(as_opencv(mixed), soft.tolist()):
                name = f"{made * PROCESSES + rank:09d}"
                add(tar, f"{name}.png", cv2.imencode(".png", picture)[1].tobytes())
                add(tar, f"{name}.json", json.dumps({"soft_label": label}).encode())
                made += 1
    return Done(made)


def add(tar, name, data):
    member = tarfile.TarInfo(name)
    member.size = len(data)
    tar.addfile(member, io.BytesIO(data))


def png_alone(make_mixer, folder, _out, rank):
    """The time of OpenCV's PNG encoder, nothing else."""
    import cv2

    mix = make_mixer()
    pictures = [picture for x, y in batches(folder, rank) for picture in as_opencv(mix(x, y)[0])]
    start = time.perf_counter()
    for picture in pictures:
        cv2.imencode(".png", picture)
    return Done(len(pictures), time.perf_counter() - start)


def masks_alone(_folder, _out, _rank):
    """The time of the masks, without applying them."""
    sample_mask = checkout("fmix").sample_mask
    start = time.perf_counter()
    for _ in range(MASKS):
        sample_mask(1, 3, (SIDE, SIDE))
    return Done(MASKS, time.perf_counter() - start)
