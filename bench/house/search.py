"""Search over many titles: words, two-character words, initials, numbers; half and nearly all of the answers' times."""

import time
from collections.abc import Iterator

from house import ground, rows
from house.figures import Figure, percentile
from house.sizes import Sizes
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


def measure(sizes: Sizes) -> Iterator[Figure]:
    manager, consultants = rows.people()
    with rows.timed(f"lay out {sizes.titles:,} enterprises"):
        rows.enterprises(sizes.titles, consultants)
    with rows.timed("index them", sizes.titles):
        search.rebuild(Enterprise.objects.order_by("pk").iterator(chunk_size=2000))
    ground.settle()
    queries = [
        *LOOKED_FOR,
        *(str(n * 997 % sizes.titles) for n in range(40)),
        *(rows.name(n * 991) for n in range(40)),
    ]
    times, slowest = [], ("", 0.0)
    for who, user in (("manager", manager), ("consultant", consultants[0])):
        for text in queries:
            start = time.perf_counter()
            found = list(search.find(actor=user, text=text))
            seconds = time.perf_counter() - start
            times.append(seconds)
            slowest = max(slowest, (text, seconds), key=lambda answer: answer[1])
            if text in LOOKED_FOR:
                count = sum(len(some) for _model, some in found)
                print(f"   {who:12}{text:24}{seconds * 1000:10.1f} ms{count:6} found", flush=True)
    what = f"search over {sizes.titles:,} titles"
    print(f"   slowest: {slowest[0]!r}, {slowest[1] * 1000:.0f} ms")
    yield Figure(what=f"{what}, p50", value=percentile(times, 0.5), unit="ms")
    yield Figure(what=f"{what}, p95", value=percentile(times, 0.95), unit="ms", aim="≤ 40")
    yield Figure(what=f"{what}, p99", value=percentile(times, 0.99), unit="ms")
