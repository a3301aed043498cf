"""The page of a report in a browser: headless Chromium, on a phone and on a desk, light and dark.

Nothing may scroll sideways, nothing may be asked of the network, the console stays silent, words
are readable (WCAG 2.1: contrast of 4.5), and pictures are there and have words of their own.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from browser import CHROMIUM, Browser
from tap import MIXSMITH, ROOT, Tap

WIDTHS = (390, 1280)
SCHEMES = ("light", "dark")

# Of each text its contrast with what lies below it; the least, and where.
CONTRAST = """(() => {
  const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const over = (top, below) => below.map((b, i) => top[i] * top[3] + b * (1 - top[3]));
  const light = c => { const l = c.map(v => v / 255).map(v =>
    v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * l[0] + 0.7152 * l[1] + 0.0722 * l[2]; };
  const ground = e => { const layers = [];
    for (let at = e; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]); };
  let least = [99, ''];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || e.closest('title')) continue;
    const below = ground(e), style = getComputedStyle(e);
    const ink = over(parse(e.closest('svg') ? style.fill : style.color), below);
    const [a, b] = [light(ink), light(below)].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < least[0])
      least = [(a + 0.05) / (b + 0.05), walk.currentNode.data.trim()];
  }
  return least;
})()"""


# How far apart are percentages below small pictures that stand beside each other, at least.
APART = """(() => {
  let least = 99;
  const box = e => { const r = document.createRange(); r.selectNodeContents(e);
    return r.getBoundingClientRect(); };
  for (const list of document.querySelectorAll('.sources:not(.named)'))
    [...list.querySelectorAll('span')].map(box).reduce((last, at) => {
      least = Math.min(least, at.left - last.right); return at; });
  return least;
})()"""

# Names of the pair matrix that are cut off by its border.
CUT = """(() => [...document.querySelectorAll('svg.matrix text')].filter(e => {
  const at = e.getBoundingClientRect(), all = e.closest('svg').getBoundingClientRect();
  return at.left < all.left - 0.5 || at.top < all.top - 0.5; }).length)()"""

# Pixels of the pair matrix that have no room.
BEYOND = """(() => Math.max(0, ...[...document.querySelectorAll('.scroll')].map(
  e => e.scrollWidth - e.clientWidth)))()"""


def hundred_classes(folder):
    """A set of small pictures in a hundred classes."""
    rng = np.random.default_rng(1)
    np.save(folder / "images.npy", rng.integers(0, 256, (600, 8, 8, 3), dtype=np.uint8))
    np.save(folder / "labels.npy", (np.arange(600) % 100).astype(np.uint8))
    names = [f"class <b>{k}</b> 日本 & a rather long name {k}" for k in range(100)]
    (folder / "classes.txt").write_text("\n".join(names) + "\n", encoding="utf-8")


def vectors(folder):
    np.save(folder / "images.npy", np.random.default_rng(1).normal(size=(400, 12)).astype("f4"))
    np.save(folder / "labels.npy", (np.arange(400) % 2).astype(np.uint8))


def pages(folder):
    """Reports of several kinds, as (what, path)."""
    inputs = {"pictures of 5 classes": ROOT / "sample_data" / "pictures",
              "CIFAR records": ROOT / "sample_data" / "cifar"}
    for what, make in (("100 classes", hundred_classes), ("vectors", vectors)):
        inputs[what] = folder / what.replace(" ", "")
        inputs[what].mkdir()
        make(inputs[what])
    for what, path in inputs.items():
        page = folder / f"{path.name}.html"
        subprocess.run([MIXSMITH, "report", path, "-o", page, "-m", "cutmix", "-m", "zeta", "-q",
                        "--points", "16"], check=True)
        yield what, page


def look(tap, browser, what, page, width, scheme):
    name = f"{what}, {width} wide, {scheme}"
    complaints, asked = browser.open(page, width, 900, scheme)
    tap.check(not complaints, f"{name}: the console is silent", [str(complaints)])
    foreign = [url for url in asked if not url.startswith("data:") and url != f"file://{page}"]
    tap.check(not foreign, f"{name}: nothing is asked of the network", foreign)
    wide = browser.value("document.documentElement.scrollWidth")
    tap.check(wide <= width, f"{name}: does not scroll sideways ({wide})")
    bad = browser.value("[...document.images].filter(i => !i.alt || !i.naturalWidth).length")
    tap.check(bad == 0, f"{name}: pictures are there and have words ({bad} do not)")
    contrast, where = browser.value(CONTRAST)
    tap.check(contrast >= 4.5, f"{name}: least contrast {contrast:.2f} ('{where}')")
    tap.check(browser.value(CUT) == 0, f"{name}: no name of the pair matrix is cut off")
    beyond = browser.value(BEYOND)
    tap.check(beyond == 0 or width < 600, f"{name}: the pair matrix has room ({beyond})")
    look_closer(tap, browser, name)


def look_closer(tap, browser, name):
    apart = browser.value(APART)
    tap.check(apart > 0, f"{name}: percentages of sources do not touch ({apart:.1f})")


def main():
    tap = Tap()
    if not CHROMIUM:
        print("ok 1 - # SKIP THERE IS NO CHROMIUM: no page was looked at (scripts/install-deps check)")
        print("1..1")
        sys.exit(0)
    browser = Browser()
    with tempfile.TemporaryDirectory() as folder:
        for what, page in pages(Path(folder)):
            for width in WIDTHS:
                for scheme in SCHEMES:
                    tap.group(what, look, browser, what, page, width, scheme)
            browser.open(page, 700, 1000, "light", media="print")
            look_closer(tap, browser, f"{what}, printed")
    browser.close()
    tap.finish()


if __name__ == "__main__":
    main()
