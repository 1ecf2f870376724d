"""Which groups may be shown without giving away what single people answered."""


def split_by_size(sizes: dict[str, int], n: int, floor: int) -> tuple[list[str], list[str]]:
    """Names of groups to show and to hide.

    Whoever knows the total and all groups but one knows that one too. So if what is hidden adds up to fewer
    than the floor, the smallest group shown is hidden with it (secondary suppression, Hundepool et al. 2012).
    """
    shown = sorted(
        (name for name, size in sizes.items() if size >= floor), key=lambda name: (-sizes[name], name)
    )
    while shown and 0 < n - sum(sizes[name] for name in shown) < floor:
        shown.pop()
    return sorted(shown), [name for name in sizes if name not in shown]
