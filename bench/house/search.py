"""Search over many titles: words, two-character words, initials, numbers; half and nearly all of the answers' times."""

import time
from argparse import Namespace

from house import rows
from keqiao.enterprises.models import Enterprise
from keqiao.kernel.platform import search

LOOKED_FOR = (
    "精密",
    "深圳",
    "生物科技",
    "示例半导体",
    "xasl",
    "szsl",
    "914403000000",
    "科技有限公司",
    "武汉示例环保",
)


def part_search(args: Namespace) -> None:
    manager, consultants = rows.people()
    with rows.timed(f"lay out {args.titles:,} enterprises"):
        rows.enterprises(args.titles, consultants)
    with rows.timed("index them", args.titles):
        search.rebuild(Enterprise.objects.order_by("pk").iterator(chunk_size=2000))
    rows.settle()
    queries = [
        *LOOKED_FOR,
        *(str(n * 997 % args.titles) for n in range(40)),
        *(rows.name(n * 991) for n in range(40)),
    ]
    times, slowest = [], ("", 0.0)
    for text in queries:
        start = time.perf_counter()
        found = list(search.find(actor=manager, text=text))
        seconds = time.perf_counter() - start
        times.append(seconds)
        slowest = max(slowest, (text, seconds), key=lambda one: one[1])
        if text in LOOKED_FOR:
            print(f"   {text:24}{seconds * 1000:10.1f} ms{sum(len(some) for _model, some in found):6} found")
    times.sort()
    middle, nearly = times[len(times) // 2] * 1000, times[int(len(times) * 0.99)] * 1000
    print(
        f"search over {args.titles:,} titles: p50 {middle:.1f} ms, p99 {nearly:.1f} ms; slowest {slowest[0]!r}"
    )
