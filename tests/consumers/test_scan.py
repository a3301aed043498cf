#!/usr/bin/python3
"""Does mixsmith scan say of soft labels what NumPy says of the same manifest?

Mixes the sample data in several ways, scans the outputs, and works out every number under "labels" and
"mixture", and the mass of every class, again from the manifest and sources.jsonl. Prints TAP.
"""

import json
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

import numpy as np

from reading import text_lines
from tap import MIXSMITH, ROOT, Tap, mix

SAMPLES = ROOT / "sample_data"
QUANTILES = {"least": 0, "q05": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "q95": 0.95, "most": 1}
STEP = 0.001  # of the entropies that scan tells quantiles of
RUNS = [  # data, mixers, sink, more
    ("pictures", ["mixup"], "folder", ["-s", "24"]),
    ("pictures", ["zeta:t=8+cutmix"], "npy", ["-s", "24"]),
    ("pictures", ["cutmix@0.5", "none@0.5"], "folder", ["-s", "24", "--labels-as", "sparse"]),
    ("pictures", ["mixup"], "npy", ["-s", "24", "--smooth", "0.1"]),
    ("pictures", ["fmix"], "folder", ["-s", "24", "--with-originals"]),
    ("cifar", ["fmix"], "cifar", []),
    ("cifar", ["zeta"], "npy", ["--labels-as", "sparse"]),
    ("cifar", ["mixup"], "cifar", ["--pair", "same"]),
]


def scan(out):
    """The object that scan --json prints."""
    return json.loads(subprocess.run([MIXSMITH, "scan", str(out), "--json"], check=True,
                                     capture_output=True, text=True).stdout)


def rows_of(path):
    return [json.loads(line) for line in text_lines(path)]


def labels_of(rows, n_classes):
    """The soft labels as an array (rows, classes)."""
    labels = np.zeros((len(rows), n_classes))
    for row, label in zip(rows, labels):
        if "soft_label" in row:
            label[:] = row["soft_label"]
        else:
            label[row["label_ids"]] = row["label_shares"]
    return labels


def entropies(labels):
    logs = np.log2(labels, out=np.zeros_like(labels), where=labels > 0)
    return np.maximum(0, -(labels * logs).sum(1))


def quantile(values, q):
    """The least value that part q of them do not exceed."""
    return np.sort(values)[max(0, int(np.ceil(q * len(values))) - 1)]


def check_labels(tap, name, found, labels):
    bits = entropies(labels)
    tap.near(found["entropy_bits"]["mean"], bits.mean(), 1e-5, f"{name}: mean entropy")
    tap.near(found["effective_classes"]["mean"], 2 ** bits.mean(), 1e-5, f"{name}: effective classes")
    wrong = [f"{key}: {found['entropy_bits'][key]} is not {quantile(bits, q)}" for key, q in QUANTILES.items()
             if abs(found["entropy_bits"][key] - quantile(bits, q)) > STEP / 2 + 1e-6]
    tap.check(not wrong, f"{name}: quantiles of the entropy", wrong)
    counted = {str(k): n for k, n in Counter((labels > 0.01).sum(1)).items()}
    tap.check(found["classes_above_1_percent"] == counted, f"{name}: classes of a label", [str(counted)])
    bins = np.minimum(9, (labels.max(1) * 10).astype(int))
    shares = np.bincount(bins, minlength=10).tolist()
    tap.check(found["greatest_share"] == shares, f"{name}: greatest shares", [str(shares), str(found)])


def check_mixture(tap, name, found, rows, source_labels):
    kinds = Counter()
    for row in rows:
        classes = {source_labels[source] for source in row["source_ids"]}
        kinds["copies" if len(row["source_ids"]) == 1 else
              "within_class" if len(classes) == 1 else "across_classes"] += 1
    wanted = {key: kinds[key] for key in ("copies", "within_class", "across_classes")}
    wanted |= {"samples": len(rows), "mixers": dict(Counter(row["mixer"] for row in rows)), "other_mixers": 0,
               "bad_lines": 0, "classes_unknown": 0}
    tap.check(found == wanted, f"{name}: how samples were mixed", [str(found), str(wanted)])


def check_run(tap, out, data, mixers, sink, more):
    mix(SAMPLES / data, out, mixers=mixers, sink=sink, count=300, seed=5, more=more)
    found, record = scan(out), json.loads((out / "dataset.json").read_text("utf-8"))
    rows = rows_of(out / record["manifest"])
    labels = labels_of(rows, len(record["classes"]))
    name = " ".join([data, *mixers, sink, *more])
    tap.check(found["samples"] == found["labels"]["count"] == len(rows), f"{name}: number of samples")
    same = [entry["name"] for entry in found["classes"]] == record["classes"]
    tap.check(same, f"{name}: classes in their order")
    counts = Counter(row["label"] for row in rows)
    same = [entry["samples"] for entry in found["classes"]] == [counts[k] for k in range(len(record["classes"]))]
    tap.check(same, f"{name}: samples of each class")
    mass = np.array([entry["mass"] for entry in found["classes"]])
    tap.check(np.allclose(mass, labels.sum(0), atol=1e-5), f"{name}: mass of each class", [str(mass)])
    check_labels(tap, name, found["labels"], labels)
    sources = {row["id"]: row["label"] for row in rows_of(out / "sources.jsonl")}
    check_mixture(tap, name, found["mixture"], rows, sources)


def main():
    """Every run, scanned."""
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="mixsmith-") as folder:
        for number, run in enumerate(RUNS):
            tap.group(" ".join(map(str, run)), check_run, Path(folder) / str(number), *run)
    tap.finish()


if __name__ == "__main__":
    main()
