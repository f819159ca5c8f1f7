"""What hangs on a drawn year: economic 款, “三公”, projects, procurement and vehicles."""

from __future__ import annotations

from decimal import Decimal
from random import Random

from tests.factory import codes
from tests.factory.content import Project
from tests.factory.economy import ZERO, Economy, Line, Particulars, ThreePublic
from tests.factory.shorthand import vehicles_of

_PERSONNEL = ("30101", "30102", "30103", "30107", "30110", "30111", "30112", "30302", "30305")
_OPERATING = ("30201", "30202", "30205", "30206", "30207", "30211", "30213", "30226", "30228")
_OPERATING += ("30229", "30239", "30299", "31002")
# 款 of the basic expenditure that are 项 of their own.
_BY_ITEM = {"2080505": "30108", "2080506": "30109", "2210201": "30113"}
_VERBS = ("能力建设", "专项工作", "设施维护", "信息化建设", "购买服务", "宣传培训", "运行保障")


def yuan(rng: Random, amount: Decimal, low: str = "0.7", high: str = "1.3") -> Decimal:
    """Return a random share of ``amount``, from ``low`` to ``high``, to the yuan (0.0001 万元)."""
    return round(amount * Decimal(rng.uniform(float(low), float(high))), 4)


def economic_of_basic(
    rng: Random, lines: list[Line], *, has_three_public: bool
) -> dict[str, Decimal]:
    """Spread the basic expenditure of the general budget over economic 款; they add up to it."""
    amounts: dict[str, Decimal] = {}
    rest = ZERO
    for line in lines:
        if line.fund == "general" and line.basic:
            code = _BY_ITEM.get(line.code)
            if code:
                amounts[code] = amounts.get(code, ZERO) + line.basic
            else:
                rest += line.basic
    if has_three_public:
        for code, share in (("30231", 200), ("30217", 600), ("30212", 900)):
            if rng.random() < 0.8:
                amounts[code] = yuan(rng, rest / share)
        for code in ("30215", "30216"):
            amounts[code] = yuan(rng, rest / 150)
    rest -= sum((amounts[c] for c in amounts if c not in _BY_ITEM.values()), ZERO)
    for codes_of_part, share in ((_OPERATING, Decimal("0.18")), (_PERSONNEL, Decimal("0.8"))):
        part = rest * share
        chosen = rng.sample(codes_of_part, rng.randint(6, len(codes_of_part)))
        for code in chosen:
            amounts[code] = yuan(rng, part / len(chosen), "0.2", "1")
    amounts["30101"] = ZERO
    amounts["30101"] = sum((line.basic for line in lines if line.fund == "general"), ZERO) - sum(
        amounts.values(), ZERO
    )
    return dict(sorted(amounts.items()))


def three_public_of(
    rng: Random, economic: dict[str, Decimal], scale: Decimal
) -> tuple[ThreePublic, ThreePublic, ThreePublic]:
    """Return initial budget, adjusted budget and final; a scale of zero spends nothing."""
    if not scale:
        return ThreePublic(), ThreePublic(), ThreePublic()

    bought = rng.random() < 0.3
    final = ThreePublic(
        overseas=economic.get("30212", ZERO),
        vehicle_purchase=yuan(rng, Decimal(18)) if bought else ZERO,
        vehicle_operation=economic.get("30231", ZERO),
        reception=economic.get("30217", ZERO),
        meeting=economic.get("30215", ZERO),
        training=economic.get("30216", ZERO),
    )
    names = ThreePublic.__dataclass_fields__
    finals = {name: getattr(final, name) for name in names}
    adjusted = ThreePublic(**{n: yuan(rng, v, "1", "1.1") for n, v in finals.items()})
    initial = ThreePublic(**{n: yuan(rng, v, "1", "1.5") for n, v in finals.items()})
    return initial, adjusted, final


def projects_of_lines(rng: Random, owner: str, lines: list[Line]) -> tuple[Project, ...]:
    """Evaluate every project, or (for four departments in ten) none: they add up to 项目支出.

    The name of ``owner`` goes before that of the project; it is empty for the department itself.
    """
    if rng.random() < 0.4:
        return ()
    projects = []
    for line in lines:
        if not line.project:
            continue
        first = yuan(rng, line.project, "0.3", "0.7")
        for amount in (first, line.project - first):
            budget = yuan(rng, amount, "1", "1.3")
            rate = amount / budget if budget else ZERO
            score = Decimal(rng.randint(90, 100) if rate > Decimal("0.9") else rng.randint(80, 89))
            subject = codes.FUNCTIONAL_NAMES[line.code].removesuffix("支出")
            title = f"{owner}{subject}{rng.choice(_VERBS)}项目{len(projects) + 1}"
            grade = "优" if score >= 90 else "良"
            projects.append(Project(title, budget, amount, score, grade))
    return tuple(projects)


def particulars_of(rng: Random, economy: Economy) -> Particulars:
    """Draw the counts and the procurement that only the prose states."""
    final = economy.three_public_final
    goods, works, services = (
        yuan(rng, economy.spent() / share) if rng.random() < 0.8 else ZERO for share in (40, 25, 12)
    )
    total = goods + works + services
    medium = yuan(rng, total, "0.4", "0.95")
    kept = rng.randint(1, 12) if final.vehicle_operation else 0
    return Particulars(
        overseas_groups=1 if final.overseas else 0,
        overseas_persons=rng.randint(1, 6) if final.overseas else 0,
        vehicles_bought=1 if final.vehicle_purchase else 0,
        vehicles_kept=kept,
        reception_batches=rng.randint(3, 40) if final.reception else 0,
        reception_guests=rng.randint(40, 400) if final.reception else 0,
        vehicle_kinds=vehicles_of(0, rng.randint(0, 2), kept, 0, rng.randint(0, 4), 0, 0),
        equipment_over_million=rng.randint(0, 5),
        procurement_goods=goods,
        procurement_works=works,
        procurement_services=services,
        awarded_to_medium=medium,
        awarded_to_small=yuan(rng, medium, "0.3", "0.99"),
    )
