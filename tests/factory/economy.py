"""One department's year: the few figures everything else follows from, checked on creation.

All amounts are ``Decimal`` in 万元. Four digits after the point (yuan) are welcome: they give the
rounding tails of real forms when two digits are printed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from decimal import Decimal

from tests.factory.codes import ECONOMIC_NAMES, FUNCTIONAL_NAMES
from tests.factory.content import Project

ZERO = Decimal(0)
FISCAL_FUNDS = ("general", "government_fund", "state_capital")
# Income that is not fiscal: 上级补助, 事业, 经营, 附属单位上缴, 其他.
OTHER_FUNDS = ("superior_subsidy", "business", "operating", "subordinate_remittance", "other")
FUNDS = (*FISCAL_FUNDS, *OTHER_FUNDS)
PERSONNEL_CLASSES = ("301", "303")


@dataclass(frozen=True, slots=True)
class Line:
    """One functional 项 paid from one fund, by the nature of what was spent.

    ``remitted`` is 上缴上级支出, ``business`` 经营支出, ``subsidised`` 对附属单位补助支出.
    """

    code: str
    fund: str
    income: Decimal
    basic: Decimal = ZERO
    project: Decimal = ZERO
    opening: Decimal = ZERO
    initial_budget: Decimal = ZERO
    adjusted_budget: Decimal = ZERO
    remitted: Decimal = ZERO
    business: Decimal = ZERO
    subsidised: Decimal = ZERO

    @property
    def spent(self) -> Decimal:
        """Expenditure of the year."""
        return self.basic + self.project + self.remitted + self.business + self.subsidised

    @property
    def closing(self) -> Decimal:
        """Carry-over at the end of the year."""
        return self.opening + self.income - self.spent


@dataclass(frozen=True, slots=True)
class ThreePublic:
    """The “三公” items, either as budgeted or as spent.

    ``meeting`` and ``training`` are no part of the total; some places print them beside it.
    """

    overseas: Decimal = ZERO
    vehicle_purchase: Decimal = ZERO
    vehicle_operation: Decimal = ZERO
    reception: Decimal = ZERO
    meeting: Decimal = ZERO
    training: Decimal = ZERO

    @property
    def vehicles(self) -> Decimal:
        """Purchase and operation of vehicles."""
        return self.vehicle_purchase + self.vehicle_operation

    @property
    def total(self) -> Decimal:
        """All items."""
        return self.overseas + self.vehicles + self.reception

    @property
    def printed(self) -> tuple[Decimal, ...]:
        """The columns of the form, six from 合计 to 公务接待费, then 会议费 and 培训费."""
        return (
            self.total,
            self.overseas,
            self.vehicles,
            self.vehicle_purchase,
            self.vehicle_operation,
            self.reception,
            self.meeting,
            self.training,
        )


@dataclass(frozen=True, slots=True)
class Particulars:
    """Counts and other facts that only the prose states."""

    overseas_groups: int = 0
    overseas_persons: int = 0
    vehicles_bought: int = 0
    vehicles_kept: int = 0
    reception_batches: int = 0
    reception_guests: int = 0
    vehicle_kinds: tuple[tuple[str, int], ...] = ()
    equipment_over_million: int = 0
    procurement_goods: Decimal = ZERO
    procurement_works: Decimal = ZERO
    procurement_services: Decimal = ZERO
    awarded_to_medium: Decimal = ZERO
    awarded_to_small: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures of a year that the next year's prose compares itself with."""

    grand_total: Decimal
    fiscal_total: Decimal
    general_spent: Decimal
    basic: Decimal
    project: Decimal
    agency_operating: Decimal


@dataclass(frozen=True)
class Economy:
    """A department's year. Raises ``ValueError`` when its parts cannot be one another's sums.

    ``economic`` maps five-digit 款 to the basic expenditure paid from the general budget.
    """

    department_name: str
    fiscal_year: int
    lines: tuple[Line, ...]
    economic: dict[str, Decimal]
    three_public_budget: ThreePublic
    three_public_final: ThreePublic
    prior: Totals
    particulars: Particulars = field(default_factory=Particulars)
    projects: tuple[Project, ...] = ()
    three_public_adjusted: ThreePublic | None = None

    def __post_init__(self) -> None:
        where = f"{self.department_name} {self.fiscal_year}"
        for line in self.lines:
            if line.code not in FUNCTIONAL_NAMES or line.fund not in FUNDS:
                raise ValueError(f"{where}: unknown code or fund {line.code} {line.fund}")
            if line.closing < 0:
                raise ValueError(f"{where}: {line.code} spends more than it has")
        unknown = set(self.economic) - set(ECONOMIC_NAMES)
        if unknown:
            raise ValueError(f"{where}: unknown economic codes {sorted(unknown)}")
        basic = self.total(lambda line: line.basic, "general")
        economic = sum(self.economic.values(), ZERO)
        if economic != basic:
            raise ValueError(f"{where}: economic 款 add up to {economic}, basic 项 to {basic}")
        executed = sum((project.executed for project in self.projects), ZERO)
        if self.projects and executed != self.total(lambda line: line.project):
            raise ValueError(f"{where}: projects add up to {executed}, not to the 项目支出")
        self._check_three_public(where)

    def _check_three_public(self, where: str) -> None:
        final = self.three_public_final
        for code, spent in (
            ("30212", final.overseas),
            ("31013", final.vehicle_purchase),
            ("30231", final.vehicle_operation),
            ("30217", final.reception),
        ):
            if self.economic.get(code, ZERO) > spent:
                raise ValueError(f"{where}: {code} exceeds its “三公” item")

    def total(self, amount: Callable[[Line], Decimal], *funds: str) -> Decimal:
        """Sum ``amount`` over the lines of ``funds`` (all lines when none is named)."""
        chosen = (line for line in self.lines if not funds or line.fund in funds)
        return sum((amount(line) for line in chosen), ZERO)

    def income(self, *funds: str) -> Decimal:
        """Income of the year."""
        return self.total(lambda line: line.income, *funds)

    def spent(self, *funds: str) -> Decimal:
        """Expenditure of the year."""
        return self.total(lambda line: line.spent, *funds)

    def opening(self, *funds: str) -> Decimal:
        """Carry-over from the year before."""
        return self.total(lambda line: line.opening, *funds)

    def closing(self, *funds: str) -> Decimal:
        """Carry-over into the next year."""
        return self.total(lambda line: line.closing, *funds)

    @property
    def personnel(self) -> Decimal:
        """人员经费 of the general budget."""
        amounts = (v for k, v in self.economic.items() if k.startswith(PERSONNEL_CLASSES))
        return sum(amounts, ZERO)

    @property
    def operating(self) -> Decimal:
        """公用经费 of the general budget."""
        return sum(self.economic.values(), ZERO) - self.personnel

    @property
    def totals(self) -> Totals:
        """What the next year compares itself with."""
        return Totals(
            grand_total=self.income() + self.opening(),
            fiscal_total=self.income(*FISCAL_FUNDS) + self.opening(*FISCAL_FUNDS),
            general_spent=self.spent("general"),
            basic=self.total(lambda line: line.basic),
            project=self.total(lambda line: line.project),
            agency_operating=self.operating,
        )


def roll_up(
    lines: Iterable[Line], amounts: Callable[[Line], tuple[Decimal, ...]]
) -> dict[str, tuple[Decimal, ...]]:
    """Add ``amounts`` up over 类, 款 and 项; keys are codes in printing order."""
    sums: dict[str, tuple[Decimal, ...]] = {}
    for line in lines:
        values = amounts(line)
        for length in (3, 5, 7):
            code = line.code[:length]
            before = sums.get(code, (ZERO,) * len(values))
            sums[code] = tuple(a + b for a, b in zip(before, values, strict=True))
    return dict(sorted(sums.items()))


def carry_forward(previous: Economy, lines: Iterable[Line]) -> tuple[Line, ...]:
    """Open ``lines`` with what ``previous`` closed with, per 项 and fund.

    Raises ``ValueError`` when a carry-over would be lost because no line continues it.
    """
    closing = {(line.code, line.fund): line.closing for line in previous.lines if line.closing}
    opened = []
    for line in lines:
        values = {each.name: getattr(line, each.name) for each in fields(line)}
        values["opening"] = closing.pop((line.code, line.fund), ZERO)
        opened.append(Line(**values))
    if closing:
        raise ValueError(f"{previous.department_name}: carry-over lost: {sorted(closing)}")
    return tuple(opened)
