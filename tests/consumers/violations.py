"""Collects the rules that an output broke, and where."""

from collections import defaultdict


class Violations:
    """Broken rules and the rows (lines of the manifest from 0) that broke them."""

    def __init__(self):
        self.rules = defaultdict(list)

    def expect(self, ok, rule, row=None, detail=""):
        """Notes a rule as broken when ok is false."""
        if not ok:
            self.rules[rule].append((row, detail))

    def lines(self):
        """One line a rule: the first rows, how many more, and what was wrong with the first."""
        return [self.line(rule, cases) for rule, cases in self.rules.items()]

    @staticmethod
    def line(rule, cases):
        """The line of one rule."""
        rows = [str(row) for row, _ in cases if row is not None]
        where = f": rows {', '.join(rows[:8])}" if rows else ""
        more = f" and {len(rows) - 8} more" if len(rows) > 8 else ""
        detail = f" ({cases[0][1]})" if cases[0][1] else ""
        return f"{rule}{where}{more}{detail}"
