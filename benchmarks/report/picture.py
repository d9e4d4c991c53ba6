"""The comparison as an SVG picture, readable on a light and on a dark page, with no library."""

from collections.abc import Iterator, Sequence
from html import escape

from benchmarks.report.goals import Compared

_WIDTH, _ROW, _TOP, _LEFT, _RIGHT = 860, 46, 64, 330, 150
_BAR = 16
_MOST = 2.0  # a bar is not drawn longer: the figure beside it says how much more it is
_STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #1f2733; }
  .title { font-size: 15px; font-weight: 600; }
  .small { font-size: 11.5px; fill: #5a6472; }
  .other { fill: #d5dae1; }
  .ours { fill: #1d6fb8; }
  .missed { fill: #c2571a; }
  .goal { stroke: #1f2733; stroke-width: 2; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6eaf0; }
    .small { fill: #a3adba; }
    .other { fill: #3a424e; }
    .ours { fill: #62b0f2; }
    .missed { fill: #f0a35e; }
    .goal { stroke: #e6eaf0; }
  }
"""


def picture(title: str, legend: str, rows: Sequence[Compared]) -> str:
    """A row a measure: the other's bar is the whole, ours lies on it, a stroke marks the goal. What
    misses it has another colour and says so. The scale stretches for what is more than whole."""
    drawn = [row for row in rows if row.share is not None]
    height = _TOP + _ROW * len(drawn) + 12
    parts = "\n".join(
        part for place, row in enumerate(drawn) for part in _row(row, _TOP + place * _ROW, drawn)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
        f'aria-label="{escape(title, quote=True)}">\n<style>{_STYLE}</style>\n'
        f'<text class="title" x="12" y="24">{escape(title)}</text>\n'
        f'<text class="small" x="12" y="44">{escape(legend)}</text>\n{parts}\n</svg>\n'
    )


def _row(row: Compared, top: int, rows: Sequence[Compared]) -> Iterator[str]:
    assert row.share is not None
    longest = max([1.0, *(max(min(one.share or 0, _MOST), one.goal) for one in rows)])
    unit = (_WIDTH - _LEFT - _RIGHT) / longest
    wide, mark = min(row.share, _MOST) * unit, _LEFT + row.goal * unit
    kind, verdict = ("ours", "") if row.met else ("missed", " — missed")
    right = _WIDTH - _RIGHT + 12
    yield f'<text x="12" y="{top + 13}">{escape(row.label)}</text>'
    words = escape(f"{row.ours} against {row.other}")
    yield f'<text class="small" x="12" y="{top + 29}">{words}</text>'
    yield f'<rect class="other" x="{_LEFT}" y="{top + 4}" width="{unit:.1f}" height="{_BAR}"/>'
    yield f'<rect class="{kind}" x="{_LEFT}" y="{top + 4}" width="{wide:.1f}" height="{_BAR}"/>'
    yield f'<path class="goal" d="M{mark:.1f} {top} v{_BAR + 8}"/>'
    yield f'<text x="{right}" y="{top + 17}">{row.share:.2f}{verdict}</text>'
