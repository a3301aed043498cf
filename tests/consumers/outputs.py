"""The rules that one output of mixsmith must keep, judged from the input and the files alone.

`check_output(INPUT, OUT)` reads everything and returns the violations. The rules are the ones that
readers of such data sets rely on: rows alike, floats that look like floats, sums, labels that say what
the pixels hold, and pixels (pixels.py) that follow from the sources named in the manifest.
"""

import io
import json
import re
from collections import defaultdict

import numpy as np

from pixels import check_pixels
from reading import Input, Output
from violations import Violations

ROW_KEYS = {"file_name", "label", "soft_label", "id", "mixer", "recipe", "source_ids", "source_shares"}
FLOAT_LISTS = re.compile(r'"(?:soft_label|source_shares)"\s*:\s*\[([^\]]*)\]')
FLOAT = re.compile(r"-?\d+\.\d+(?:[eE][-+]?\d+)?")
TAR_NUMBERS = ((100, 8), (108, 8), (116, 8), (136, 12))  # mode, user, group, time: where, how long
PLAIN_NAME = re.compile(r"(?:.*/)?\d+\.[a-z0-9]+")  # digits and one extension: readers split at the first dot


def json_type(value):
    """A value's JSON type as strict readers infer it: 1 is not 1.0, and lists have the types of their items."""
    if isinstance(value, list):
        return "list of " + "/".join(sorted({json_type(item) for item in value}))
    return type(value).__name__


def check_rows_alike(rows, name, bad):
    """The same keys with the same JSON types on every line; no nulls; no second key of file names."""
    first = {(key, json_type(value)) for key, value in rows[0].items()}
    for number, row in enumerate(rows):
        types = {(key, json_type(value)) for key, value in row.items()}
        differing = sorted(types ^ first)
        bad.expect(not differing, f"{name}: keys and types as on line 0", number, str(differing))
        bad.expect("NoneType" not in str(types), f"{name}: no nulls", number)
        extra = [key for key in row if key != "file_name" and key.endswith(("file_name", "file_names"))]
        bad.expect(not extra, f"{name}: no key but file_name ends like it", number, str(extra))


def check_floats(lines, bad):
    """Numbers of the float lists have a decimal point, and digits no float32 lacks (nine, or all of them)."""
    for number, line in enumerate(lines):
        texts = [text.strip() for found in FLOAT_LISTS.findall(line) for text in found.split(",")]
        without = [text for text in texts if not FLOAT.fullmatch(text)]
        bad.expect(not without, "floats are printed with a decimal point", number, str(without[:3]))
        wide = [text for text in texts if not is_float32(text)]
        bad.expect(not wide, "floats are printed float32 values", number, str(wide[:3]))


def is_float32(text):
    """Whether a decimal text stands for a float32: nine significant digits at most, or exactly its value."""
    digits = re.sub(r"[eE].*|[-.]", "", text).strip("0")
    return len(digits) <= 9 or float(text) == float(np.float32(float(text)))


def check_shape(output, bad):
    """What the other rules stand on: known sources, a share for each, a soft label for each class."""
    for number, row in enumerate(output.rows):
        unknown = [source for source in row["source_ids"] if source not in output.sources]
        bad.expect(not unknown, "source ids are in sources.jsonl", number, str(unknown[:3]))
        same = len(row["source_ids"]) == len(row["source_shares"]) > 0
        bad.expect(same, "source_ids and source_shares have the same length, 1 or more", number)
        whole = len(row["soft_label"]) == len(output.classes)
        bad.expect(whole, "soft_label has a number for each class", number)


def check_ids(output, bad):
    """Row ids increase; sources.jsonl counts from 0."""
    last = -1
    for number, row in enumerate(output.rows):
        bad.expect(row["id"] > last, "ids increase strictly", number, f"{row['id']} after {last}")
        last = row["id"]
    counted = list(output.sources) == list(range(len(output.sources)))
    bad.expect(counted, "sources.jsonl counts its ids from 0")


def check_sources(given, output, bad):
    """sources.jsonl names what the input holds: in byte order of paths, records in order, labels as given."""
    sources = list(output.sources.values())
    places = [(source["path"].encode(), source.get("record", 0)) for source in sources]
    bad.expect(len(places) == len(set(places)), "sources.jsonl names each source once")
    if not given.is_list:
        bad.expect(places == sorted(places), "sources.jsonl is in byte order of paths, then records")
    for source in sources:
        label = given.label(source, output.classes)
        detail = f"source {source['id']} says {source['label']}, the input {label}"
        bad.expect(label == source["label"], "sources.jsonl gives the input's labels", None, detail)


def mixed_label(row, given, output, smoothing):
    """Σ share · soft label of the source, each smoothed before mixing."""
    n_classes = len(output.classes)
    label = np.zeros(n_classes)
    for source, share in zip(row["source_ids"], row["source_shares"]):
        label += share * (1 - smoothing) * given.soft_label(output.sources[source], output.classes)
        label += share * smoothing / n_classes
    return label


def check_labels(given, output, smoothing, bad):
    """Shares and soft labels sum to 1 and agree; label is the argmax, ties to the lower index."""
    for number, row in enumerate(output.rows):
        soft, shares = np.array(row["soft_label"]), np.array(row["source_shares"])
        bad.expect(min(soft) >= 0 and min(shares) >= 0, "labels and shares are not negative", number)
        if not given.several_classes:
            bad.expect(abs(soft.sum() - 1) <= 1e-5, "soft_label sums to 1", number, f"{soft.sum()}")
        bad.expect(abs(shares.sum() - 1) <= 1e-6, "source_shares sum to 1", number, f"{shares.sum()}")
        error = np.abs(soft - mixed_label(row, given, output, smoothing)).max()
        bad.expect(error <= 1e-6, "soft_label is the sum of the shares of its classes", number, f"off by {error}")
        best = int(soft.argmax())
        bad.expect(row["label"] == best, "label is the argmax", number, f"{row['label']}, not {best}")


def check_stored_labels(output, bad):
    """labels.npy equals the manifest's soft labels to the bit; CIFAR label bytes are the labels."""
    soft = output.soft_labels
    wanted = np.float32, (len(output.rows), len(output.classes))
    shaped = (soft.dtype, soft.shape) == wanted
    bad.expect(shaped, "labels.npy is float32 (n, k)", None, f"{soft.dtype} {soft.shape}")
    for number, (row, stored) in enumerate(zip(output.rows, soft)):
        printed = np.array(row["soft_label"], np.float32)
        equal = np.array_equal(printed, stored)
        bad.expect(equal, "labels.npy holds the printed soft_label, bit for bit", number)
        label_bytes = output.stored(row["file_name"])[0]
        if label_bytes is not None:
            equal = label_bytes[row["record"]] == row["label"]
            bad.expect(equal, "the CIFAR label byte is the label", number)


def check_records(output, bad):
    """Every record of every file of many samples has one row, in order; npy pictures are uint8 (n, h, w, c)."""
    used = defaultdict(list)
    for row in output.rows:
        used[row["file_name"]].append(row["record"])
    for name, records in used.items():
        pictures = output.stored(name)[1]
        shaped = pictures.dtype == np.uint8 and pictures.ndim == 4
        bad.expect(shaped, "pictures are uint8 (n, h, w, c)", None, f"{name}: {pictures.dtype} {pictures.shape}")
        complete = records == list(range(len(pictures)))
        bad.expect(complete, "every record has its row, in order", None, f"{name}: {len(pictures)} records")
    here = {path.name for kind in ("*.bin", "images*.npy") for path in output.base.glob(kind)}
    bad.expect(here == set(used), "every file has rows", None, str(sorted(here ^ set(used))))


def check_files(output, bad):
    """Every picture file has one row; names are CLASS/digits.extension with the class of the label."""
    names = [row["file_name"] for row in output.rows]
    found = {str(path.relative_to(output.base)) for path in output.base.rglob("*") if path.is_file()}
    found.remove(output.manifest.name)
    bad.expect(len(set(names)) == len(names), "no file has two rows")
    bad.expect(found == set(names), "every file has its row", None, str(sorted(found ^ set(names))[:3]))
    for number, row in enumerate(output.rows):
        bad.expect(PLAIN_NAME.fullmatch(row["file_name"]), "file names are digits and one extension", number)
        folder = row["file_name"].rpartition("/")[0]
        own = folder == output.classes[row["label"]]
        bad.expect(own, "files lie in the folder of their label", number, folder)


def check_member(member, bad):
    """A plain file of no owner and no time, readable by all, in the ustar format."""
    header, name = member.header, member.name
    bad.expect(header[257:265] == b"ustar\x0000", "members have the magic of ustar", None, name)
    bad.expect(header[156:157] == b"0", "members are plain files", None, name)
    numbers = [int(header[at : at + length].rstrip(b"\0 ") or b"0", 8) for at, length in TAR_NUMBERS]
    bad.expect(numbers == [0o644, 0, 0, 0], "members: mode 644, no owner, no time", None, f"{name}: {numbers}")
    checksum = sum(header[:148]) + 8 * ord(" ") + sum(header[156:])
    bad.expect(int(header[148:154], 8) == checksum, "the checksum is right", None, name)


def check_sample(row, line, members, output, number, bad):
    """The members of a sample stand together and in order; all say what the manifest says."""
    key, _, extension = row["file_name"].partition(".")
    names = [f"{key}.{extension}", f"{key}.cls", f"{key}.json", f"{key}.label.npy"]
    found = [member.name for member in members]
    bad.expect(PLAIN_NAME.fullmatch(row["file_name"]), "file names are digits and one extension", number)
    bad.expect(found == names, "a sample is KEY.png, .cls, .json, .label.npy, side by side", number, str(found))
    if found != names:
        return
    _, label, json_line, soft = [member.data for member in members]
    bad.expect(label == str(row["label"]).encode(), "KEY.cls is the label", number)
    bad.expect(json_line == line.encode(), "KEY.json is the manifest's line", number)
    soft, wanted = np.load(io.BytesIO(soft)), np.array(row["soft_label"], np.float32)
    shaped = soft.dtype == np.float32 and soft.shape == (len(output.classes),)
    bad.expect(shaped and np.array_equal(soft, wanted), "KEY.label.npy is soft_label, float32 (k)", number)


def check_shards(output, bad):
    """Every sample of every shard in the manifest's order; each archive ends once, with two blocks of zeros."""
    members = [member for archive, _ in output.archives for member in archive]
    for member in members:
        check_member(member, bad)
    for shard, (_, end) in zip(output.shards, output.archives):
        bad.expect(end == bytes(1024), "archives end with two blocks of zeros", None, f"{shard.name}: {len(end)}")
    names = [shard.name for shard in output.shards]
    counted = [f"train-{number:06}.tar" for number in range(len(names))]
    bad.expect(names == counted, "shards are counted from 0", None, str(names[:3]))
    whole = len(members) == 4 * len(output.rows) and all(len(archive) % 4 == 0 for archive, _ in output.archives)
    bad.expect(whole, "shards hold whole samples, all of the manifest", None, str(len(members)))
    for number, (row, line) in enumerate(zip(output.rows, output.lines)):
        check_sample(row, line, members[4 * number : 4 * number + 4], output, number, bad)


def holds(value, wanted):
    """Whether a JSON value is, or has inside, exactly the wanted one."""
    if isinstance(value, dict):
        value = list(value.values())
    return value == wanted or isinstance(value, list) and any(holds(item, wanted) for item in value)


def check_job(output, bad):
    """dataset.json tells the classes and the count; nothing half-made lies beside the output."""
    job = json.loads((output.root / "dataset.json").read_text("utf-8"))
    bad.expect(isinstance(job, dict), "dataset.json is an object")
    bad.expect(holds(job, output.classes), "dataset.json has the class list of classes.txt")
    count = len(output.rows)
    bad.expect(holds(job, count), "dataset.json tells the number of samples", None, str(count))
    bad.expect(output.manifest.read_bytes().endswith(b"\n"), "the manifest's last line is complete")
    partial = output.root.with_name(output.root.name + ".partial")
    bad.expect(not partial.exists(), "no OUT.partial is left")


def check_all(given, output, smoothing, bad):
    """The rules in order; later ones are left out when what they stand on is broken."""
    keys = ROW_KEYS if output.is_folder or output.shards else ROW_KEYS | {"record"}
    missing = keys - set(output.rows[0])
    bad.expect(not missing, "the manifest has the documented keys", None, str(sorted(missing)))
    check_rows_alike(output.rows, "manifest", bad)
    check_rows_alike(list(output.sources.values()), "sources.jsonl", bad)
    check_floats(output.lines, bad)
    check_job(output, bad)
    check_ids(output, bad)
    standing = Violations()
    check_shape(output, standing)
    bad.rules.update(standing.rules)
    if standing.rules:
        return
    check_sources(given, output, bad)
    check_labels(given, output, smoothing, bad)
    if output.is_folder:
        check_files(output, bad)
    elif output.shards:
        check_shards(output, bad)
    else:
        check_records(output, bad)
        check_stored_labels(output, bad)
    check_pixels(given, output, bad)


def check_output(given, out, smoothing=0.0):
    """All rules on one output of an Input, or of what a path leads to; returns the Violations."""
    bad = Violations()
    try:
        check_all(given if isinstance(given, Input) else Input(given), Output(out), smoothing, bad)
    except (OSError, ValueError, LookupError) as error:
        bad.expect(False, "all files can be read", None, f"{type(error).__name__}: {error}")
    return bad
