"""Money in figures and in the Chinese capitals used on contracts and vouchers.

The capitals follow the rules of the People's Bank for filling in bills: 整 after the yuan only, 零 for a gap
between digits, and of the two forms allowed where the yuan digit is 0 (1,680.32) the one with 零.
"""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
LIMIT = Decimal(10) ** 16
MYRIAD = 10**4
HUNDRED_MILLION = 10**8


def in_figures(amount: Decimal) -> str:
    return f"¥{_checked(amount):,.2f}"


def in_capitals(amount: Decimal) -> str:
    yuan, cents = divmod(int(_checked(amount) * 100), 100)
    if cents == 0:
        return f"人民币{_whole(yuan)}元整"
    return f"人民币{_yuan_before_cents(yuan)}{_cents(cents, gap=yuan > 0, zero_yuan=yuan % 10 == 0)}"


def _checked(amount: Decimal) -> Decimal:
    if not amount.is_finite() or amount < 0:
        raise ValueError(
            f"An amount on a document must be zero or more, not {amount}. State a refund in words."
        )
    if amount >= LIMIT:
        raise ValueError(f"An amount on a document must be below {LIMIT:,}, not {amount:,}.")
    if amount != amount.quantize(Decimal("0.01")):
        raise ValueError(f"An amount has at most two decimals, not {amount}. Round it before it is printed.")
    return abs(amount)  # -0.00 is zero and prints no sign


def _yuan_before_cents(yuan: int) -> str:
    return f"{_whole(yuan)}元" if yuan else ""


def _cents(cents: int, *, gap: bool, zero_yuan: bool) -> str:
    jiao, fen = divmod(cents, 10)
    zero = "零" if gap and (zero_yuan or jiao == 0) else ""
    return zero + (f"{DIGITS[jiao]}角" if jiao else "") + (f"{DIGITS[fen]}分" if fen else "")


def _whole(number: int) -> str:
    for unit, name in ((HUNDRED_MILLION, "亿"), (MYRIAD, "万")):
        if number >= unit:
            high, low = divmod(number, unit)
            return f"{_whole(high)}{name}{_after(low, unit)}"
    return _thousands(number)


def _after(low: int, unit: int) -> str:
    if low == 0:
        return ""
    gap = "零" if low < unit // 10 else ""
    return gap + _whole(low)


def _thousands(number: int) -> str:
    """Spell 0 to 9999: one 零 for a run of zeros inside, none at the end."""
    if number == 0:
        return "零"
    text = ""
    for digit, unit in zip(f"{number:04d}", ("仟", "佰", "拾", ""), strict=True):
        text += f"{DIGITS[int(digit)]}{unit}" if digit != "0" else "零"
    return text.strip("零").replace("零零", "零")
