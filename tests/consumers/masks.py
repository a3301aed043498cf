"""Measures the shape of binary masks (n, h, w): boundaries, components, runs."""

import numpy as np


def boundary_ratio(masks):
    """How often masks (n, h, w) change from row to row, over how often they change from column to column."""
    along_y = (masks[:, 1:] != masks[:, :-1]).mean()
    along_x = (masks[:, :, 1:] != masks[:, :, :-1]).mean()
    return along_y / along_x


def neighbours(masks, periodic):
    """The pairs of ones that touch by a side, as two arrays of flat indices; across the borders if periodic."""
    index = np.arange(masks.size).reshape(masks.shape)
    ends = [[], []]
    for axis in (1, 2):
        touching = masks & np.roll(masks, -1, axis)
        if not periodic:
            touching[(slice(None),) * axis + (-1,)] = False
        ends[0].append(index[touching])
        ends[1].append(np.roll(index, -1, axis)[touching])
    return np.concatenate(ends[0]), np.concatenate(ends[1])


def mean_components(masks, periodic=False):
    """The mean number of 4-connected components of ones: every root adopts the least root it touches."""
    root = np.arange(masks.size)
    one, other = neighbours(masks, periodic)
    while len(one):
        low, high = np.minimum(root[one], root[other]), np.maximum(root[one], root[other])
        order = np.argsort(-low, kind="stable")  # the least comes last and wins
        root[high[order]] = low[order]
        while (root != root[root]).any():
            root = root[root]
        apart = root[one] != root[other]
        one, other = one[apart], other[apart]
    ones = masks.ravel()
    return (ones & (root == np.arange(masks.size))).sum() / len(masks)


def most_runs(masks):
    """The largest number of cyclic runs of ones in any row of masks (n, h, w)."""
    return (masks & ~np.roll(masks, 1, 2)).sum(2).max()
