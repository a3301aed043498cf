"""Rules on the pixels of an output: every picture must follow from the sources and shares of its row.

Single mixers are rebuilt as far as the manifest tells how: sums exactly, boxes exactly, masks up to
their shape. Of chains only the bounds are known. Lossy files need only be readable.
"""

import re

import numpy as np

LINEAR = {"none", "mixup", "zeta"}
MASKED = {"cutmix", "fmix"}
LOSSY = (".jpg", ".jpeg")
BOX = re.compile(r"\bbox=(\d+):(\d+):(\d+):(\d+)")
SOFT_MASK = re.compile(r"\bsoft=(?!0(?:\.0*)?(?:,|$))")


def check_linear(picture, sources, shares, number, bad):
    """Each pixel is the weighted sum of the sources' pixels, rounded to nearest."""
    exact = np.tensordot(shares, sources.astype(np.float64), axes=1)
    error = np.abs(picture - exact).max()
    bad.expect(error <= 0.5 + 1e-3, "pixels are the rounded sum of share · source", number, f"off by {error:.4f}")


def check_masked(picture, sources, shares, number, bad):
    """Each position is source 0's or source 1's, and source 0's share is its part of the positions.

    Where both sources are equal the mask cannot be seen, so the share is bounded from both sides.
    """
    own, other = (picture == sources[0]).all(-1), (picture == sources[-1]).all(-1)
    lost = (~own & ~other).sum()
    bad.expect(lost == 0, "masked pixels come from one of the two sources", number, f"{lost} do not")
    least, most = (own & ~other).mean(), 1 - (other & ~own).mean()
    between = least - 1e-6 <= shares[0] <= most + 1e-6
    bad.expect(between, "the share is the mask's mean", number, f"{shares[0]} not in {least:.6f}..{most:.6f}")


def check_box(picture, sources, shares, recipe, number, bad):
    """CutMix: the partner fills the recipe's box y0:x0:y1:x1 exactly, and the rest is the sample's own."""
    found = BOX.search(recipe)
    bad.expect(found, "a cutmix recipe tells lambda and box", number, recipe)
    bad.expect("lambda=" in recipe, "a cutmix recipe tells lambda and box", number, recipe)
    if not found:
        return
    y0, x0, y1, x1 = map(int, found.groups())
    height, width = picture.shape[:2]
    bad.expect(y0 <= y1 <= height and x0 <= x1 <= width, "the box lies inside the picture", number, recipe)
    expected = sources[0].copy()
    expected[y0:y1, x0:x1] = sources[-1][y0:y1, x0:x1]
    equal = np.array_equal(picture, expected)
    bad.expect(equal, "the box is the partner's, the rest the sample's own", number, recipe)
    share = 1 - (y1 - y0) * (x1 - x0) / (height * width) if len(shares) > 1 else 1
    right = abs(shares[0] - share) <= 1e-7
    bad.expect(right, "the share is 1 - box area / area", number, f"{shares[0]}, not {share}")


def check_between(picture, sources, number, bad):
    """Whatever the mixer, no pixel is darker or lighter than all of its sources."""
    inside = (sources.min(0) <= picture) & (picture <= sources.max(0))
    bad.expect(inside.all(), "pixels lie between their sources", number)


def readable_picture(output, row, number, bad):
    """The pixels of a row, or None, noted, when the file cannot be decoded to the end."""
    try:
        return output.picture(row)
    except (OSError, IndexError) as error:
        bad.expect(False, "every picture can be read", number, str(error))
        return None


def check_pixels(given, output, bad):
    """Rebuilds what can be told about every picture from its sources; lossy files need only be readable."""
    for number, row in enumerate(output.rows):
        picture = readable_picture(output, row, number, bad)
        if picture is None or row["file_name"].endswith(LOSSY):
            continue
        named = [output.sources[source] for source in row["source_ids"]]
        sources = np.stack([given.picture(source, picture.shape) for source in named])
        shares, mixer = row["source_shares"], row["mixer"].partition(":")[0]
        check_between(picture, sources, number, bad)
        if mixer in LINEAR:
            check_linear(picture, sources, shares, number, bad)
        if mixer in MASKED and not SOFT_MASK.search(row["recipe"]):
            bad.expect(len(sources) <= 2, "a mask chooses between two sources", number)
            check_masked(picture, sources, shares, number, bad)
        if mixer == "cutmix":
            check_box(picture, sources, shares, row["recipe"], number, bad)
