"""A store filled with a year of directives and reports, the same for the same plan: what the benchmarks work on.

    python benchmarks/generate.py --plan country --database sqlite:////data/dondoc.sqlite3 [--share 0.1]

``COUNTRY`` is a year of the government's tracker (21,914 tasks in the official count of 2025) with the reports on it,
``PROVINCE`` that of one province, ``WIDE`` the country's with one task in thirteen given to all 200 units down to the
communes (over half a million cells of the matrix as of the end of November). Words are drawn by Zipf's law from the officers' own; a report's statement says a task of
its unit again in other words, and ``Written.answers`` tells which.
"""

import argparse
import datetime as dt
import hashlib
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from corpus.model import Block, Document
from nlp.model import Citation, Deadline, Extraction, Header, Period, Report, ReportItem, Task
from service.jobs.reading import intake_of
from service.records import Intake
from service.store.ports import Store

AT = dt.datetime(2026, 1, 5, 8, tzinfo=dt.UTC)
_BATCH = 200
VERBS = (
    "rà soát", "ban hành", "triển khai", "xây dựng", "hoàn thiện", "tham mưu", "kiểm tra", "tổ chức", "đẩy mạnh",
    "tăng cường", "phê duyệt", "số hóa", "công bố", "cập nhật", "bố trí", "nâng cấp", "đánh giá", "thẩm định",
    "hướng dẫn", "tập huấn", "đôn đốc", "tổng hợp", "thanh tra", "giải ngân", "bàn giao", "thu hồi", "sắp xếp",
    "điều chỉnh", "khắc phục", "xử lý", "kết nối", "chuẩn hóa", "vận hành", "nghiệm thu", "quy hoạch", "giám sát",
)  # fmt: skip
OBJECTS = (
    "cơ sở dữ liệu", "hồ sơ thủ tục hành chính", "đề án", "kế hoạch sử dụng đất", "quy chế phối hợp", "định mức kinh tế",
    "danh mục dịch vụ công", "hạ tầng viễn thông", "hệ thống thông tin báo cáo", "vốn đầu tư công", "tài sản công",
    "chương trình nông thôn mới", "giảm nghèo bền vững", "an toàn thực phẩm", "phòng chống thiên tai", "hồ chứa nước",
    "khu công nghiệp", "tuyến đường liên xã", "trường học đạt chuẩn", "trạm y tế", "bảo hiểm y tế", "chuyển đổi số",
    "chữ ký số", "đơn vị hành chính", "biên chế viên chức", "vị trí việc làm", "ngân sách nhà nước", "nợ đọng xây dựng",
    "khiếu nại tố cáo", "cải cách hành chính", "thư viện điện tử", "di tích lịch sử", "du lịch cộng đồng",
    "sản phẩm OCOP", "rừng phòng hộ", "nguồn nước sạch", "rác thải sinh hoạt", "khoáng sản", "quy hoạch tỉnh",
    "nhà ở xã hội", "an toàn giao thông", "phòng cháy chữa cháy", "cai nghiện ma túy", "lao động nông thôn",
    "xuất khẩu thủy sản", "logistics", "thương mại điện tử", "hộ kinh doanh", "doanh nghiệp nhỏ và vừa", "hợp tác xã",
    "giá đất", "giấy chứng nhận quyền sử dụng đất", "bản đồ địa chính", "dữ liệu dân cư", "hộ tịch", "lý lịch tư pháp",
    "văn bản quy phạm pháp luật", "phổ biến giáo dục pháp luật", "trợ giúp pháp lý", "đào tạo nghề", "học phí",
    "giáo viên mầm non", "thuốc chữa bệnh", "tiêm chủng mở rộng", "dân số và phát triển", "bình đẳng giới",
    "trẻ em có hoàn cảnh khó khăn", "người có công", "nhà tạm", "xóa nhà dột nát", "biển đảo", "khu vực biên giới",
    "dân tộc thiểu số", "tín ngưỡng tôn giáo", "thi đua khen thưởng", "lưu trữ lịch sử", "báo chí", "an ninh mạng",
    "trạm biến áp", "điện gió", "tiết kiệm năng lượng", "khí nhà kính", "thị trường các-bon", "chăn nuôi an toàn",
    "dịch tả lợn", "cây ăn quả", "mã số vùng trồng", "thủy lợi", "nuôi biển", "khai thác hải sản trái phép",
    "bến xe", "đường cao tốc", "sân bay", "cảng biển", "đường sắt đô thị", "xe buýt", "công viên phần mềm",
)  # fmt: skip
FIELDS = (
    "trong cơ quan nhà nước", "trên địa bàn", "theo quy định mới", "giai đoạn 2026 - 2030", "năm 2026", "cho cấp xã",
    "tại các xã vùng cao", "đối với doanh nghiệp", "phục vụ người dân", "theo hướng hiện đại", "liên thông bốn cấp",
    "gắn với trách nhiệm người đứng đầu", "bảo đảm đúng tiến độ", "trước khi trình cấp có thẩm quyền", "quý đầu năm",
    "thuộc phạm vi quản lý", "sau sắp xếp đơn vị", "trên môi trường điện tử", "không dùng tiền mặt", "qua đường bưu điện",
    "theo mô hình chính quyền hai cấp", "tại bộ phận một cửa", "cho hộ nghèo", "vùng đồng bào", "khu vực ven biển",
    "trên cơ sở dữ liệu quốc gia", "từ nguồn vốn sự nghiệp", "có sự tham gia của cộng đồng", "bằng hình thức trực tuyến",
)  # fmt: skip
PROVINCES = (
    "An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng", "Đắk Lắk", "Điện Biên", "Đồng Nai", "Đồng Tháp", "Gia Lai",
    "Hà Tĩnh", "Hưng Yên", "Khánh Hòa", "Lai Châu", "Lạng Sơn", "Lào Cai", "Lâm Đồng", "Nghệ An", "Ninh Bình",
    "Phú Thọ", "Quảng Ngãi", "Quảng Ninh", "Quảng Trị", "Sơn La", "Tây Ninh", "Thái Nguyên", "Thanh Hóa",
    "Tuyên Quang", "Vĩnh Long",
)  # fmt: skip
COMMUNES = (
    ("Tân", "Xuân", "Minh", "Đại", "Kim", "Ngọc", "Thanh", "Sơn", "Trường", "Lương", "Cẩm", "Đông", "Tây", "Nam", "Mỹ", "Gia"),
    ("Lập", "Phong", "Thịnh", "Lộc", "Trạch", "Khê", "Thủy", "Lâm", "Đồng", "Tiến"),
)  # fmt: skip
"""Words that make the names of 160 communes."""
MATTERS = (
    "Nội vụ", "Tài chính", "Xây dựng", "Nông nghiệp và Môi trường", "Công Thương", "Giáo dục và Đào tạo", "Y tế",
    "Khoa học và Công nghệ", "Tư pháp", "Văn hóa, Thể thao và Du lịch", "Ngoại giao", "Dân tộc và Tôn giáo",
)  # fmt: skip
DONE = ("Đã hoàn thành việc", "Đã", "Đơn vị đã", "Trong kỳ đã", "Đã cơ bản hoàn thành", "Thực hiện chỉ đạo, đã")
DOING = ("Đang", "Tiếp tục", "Hiện đang", "Đang phối hợp")
NOTHING = ("Công tác tuyên truyền được quan tâm", "Tình hình đơn vị ổn định", "Nội bộ đoàn kết, thống nhất")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much to write."""

    tasks: int
    documents: int
    items: int
    units: int
    wide: float = 0.0
    """Share of the tasks that every unit has."""
    communes: bool = False
    """Whether communes stand below ministries and provinces; else the departments of provinces."""
    seed: int = 23

    def share(self, part: float) -> "Plan":
        """The same with a part of the tasks, documents and items; units stay."""
        return replace(
            self, tasks=int(self.tasks * part), documents=int(self.documents * part), items=int(self.items * part)
        )


COUNTRY = Plan(tasks=22_000, documents=20_000, items=200_000, units=200)
PROVINCE = Plan(tasks=2_200, documents=2_000, items=20_000, units=60)
WIDE = replace(COUNTRY, wide=0.075, communes=True)
PLANS = {"country": COUNTRY, "province": PROVINCE, "wide": WIDE}
PER_DIRECTIVE = 20
PER_REPORT = 40
TELLING = 40
"""Units that report on a task that every unit has."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: counts, and which task (directive symbol, task id) each statement (report symbol, item id) says."""

    documents: int
    tasks: int
    items: int
    answers: dict[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Given:
    """A task as it will be reported on."""

    symbol: str
    date: dt.date
    task: Task
    words: tuple[str, str, str, str]


@dataclass
class Page:
    """A text that grows line by line and remembers where each stands."""

    lines: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, line: str) -> tuple[int, int]:
        start = self.length
        self.lines.append(line)
        self.length += len(line) + 1
        return start, start + len(line)

    def document(self, name: str) -> Document:
        text = "\n".join(self.lines)
        blocks, place = [], 0
        for line in self.lines:
            blocks.append(Block("paragraph", place, place + len(line)))
            place += len(line) + 1
        sha256 = hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()
        return Document(name, sha256, "text/plain", "ok", text=text, blocks=tuple(blocks))


def units_of(count: int, *, communes: bool = False) -> list[str]:
    """Names of units: ministries, provinces, then communes or departments of provinces.

    A department's key leaves its province out (``nlp.unit_keys``): those of two provinces are one unit to a task.
    """
    names = [f"Bộ {matter}" for matter in MATTERS] + [f"UBND tỉnh {province}" for province in PROVINCES]
    if communes:
        return [*names, *(f"UBND xã {one} {other}" for one in COMMUNES[0] for other in COMMUNES[1])][:count]
    names += [f"Sở {matter} tỉnh {province}" for province in PROVINCES for matter in MATTERS[:-2]]
    return names[:count]


class Year:
    """One run of the generator."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.chance = random.Random(plan.seed)  # noqa: S311 - a store, not a key
        self.units = units_of(plan.units, communes=plan.communes)
        self.given: dict[str, list[Given]] = {unit: [] for unit in self.units}
        self.answers: dict[tuple[str, str], tuple[str, str]] = {}
        self.directives = -(-plan.tasks // PER_DIRECTIVE)
        self.reports = -(-plan.items // PER_REPORT)

    def intakes(self) -> Iterator[Intake]:
        """Directives, reports on them, then other documents."""
        left = self.plan.tasks
        for number in range(self.directives):
            yield self.directive(number, min(PER_DIRECTIVE, left))
            left -= PER_DIRECTIVE
        busy = [unit for unit in self.units if self.given[unit]]
        left = self.plan.items
        for number in range(self.reports):
            yield self.report(number, busy[number % len(busy)], min(PER_REPORT, left))
            left -= PER_REPORT
        for number in range(self.plan.documents - self.directives - self.reports):
            yield self.other(number)

    def drawn(self, words: tuple[str, ...]) -> str:
        """A word by Zipf's law: the first ones often, the last ones seldom."""
        return words[min(int(len(words) ** self.chance.random()) - 1, len(words) - 1)]

    def wording(self) -> tuple[str, str, str, str]:
        return self.drawn(VERBS), self.chance.choice(OBJECTS), self.drawn(FIELDS), self.chance.choice(OBJECTS)

    def directive(self, number: int, tasks: int) -> Intake:
        chance, page = self.chance, Page()
        date = dt.date(2026, 1, 1) + dt.timedelta(days=number * 300 // max(1, self.directives))
        symbol = f"{number + 1}/KH-UBND"
        page.add(f"KẾ HOẠCH số {symbol} về {self.chance.choice(OBJECTS)}")
        cited = self.cite(page, "Căn cứ")
        found = [self.task(page, f"{symbol}#{n + 1}", str(n + 1), date) for n in range(tasks)]
        for task, words in found:
            for unit in chance.sample(task.lead, TELLING) if len(task.lead) > TELLING else task.lead:
                self.given[unit].append(Given(symbol, date, task, words))
        issuer = "Thủ tướng Chính phủ" if chance.random() < 0.5 else f"UBND tỉnh {chance.choice(PROVINCES)}"
        header = Header(symbol, "Kế hoạch", issuer, (issuer,), date, page.lines[0])
        facts = Extraction(header, (cited,), (), tuple(task for task, _ in found))
        return replace(intake_of(page.document(f"ke-hoach-{number}.txt"), facts), arrived=date)

    def task(self, page: Page, name: str, row: str, date: dt.date) -> tuple[Task, tuple[str, str, str, str]]:
        chance, words = self.chance, self.wording()
        verb, what, where, other = words
        wide = chance.random() < self.plan.wide
        lead = tuple(self.units) if wide else tuple(chance.sample(self.units, 2 if chance.random() < 0.15 else 1))
        text = f"{verb.capitalize()} {what} {where}, gắn với {other}, đạt {chance.randrange(10, 100)}%"
        said = "Các bộ, ngành, địa phương" if wide else ", ".join(lead)
        start, _ = page.add(f"{row}. {text} ({said})")
        deadline = self.deadline(date)
        begin = start + len(row) + 2
        task = Task(
            name,
            text,
            begin,
            begin + len(text),
            lead=lead,
            lead_source="explicit",
            deadline=deadline,
            product="Báo cáo" if deadline else None,
            class_="tracked" if deadline else "general",
            confidence=0.9,
            row=row,
        )
        return task, words

    def deadline(self, date: dt.date) -> Deadline | None:
        """Three in four have one; a quarter comes back every month or quarter."""
        draw = self.chance.random()
        if draw < 0.25:
            return None
        if draw < 0.4:
            return Deadline("hằng quý", recurrence="quarterly")
        if draw < 0.5:
            return Deadline("hằng tháng", recurrence="monthly")
        due = date + dt.timedelta(days=self.chance.randrange(20, 300))
        return Deadline(f"{due:%d/%m/%Y}", due=due, precision="day")

    def cite(self, page: Page, lead_in: str) -> Citation:
        number, year = self.chance.randrange(1, 160), self.chance.randrange(2019, 2026)
        symbol = f"{number}/{year}/NĐ-CP"
        start, _ = page.add(f"{lead_in} Nghị định số {symbol} của Chính phủ;")
        begin = start + len(lead_in) + 1
        text = f"Nghị định số {symbol}"
        return Citation(text, begin, begin + len(text), symbol=symbol, kind="Nghị định", relation="basis")

    def report(self, number: int, unit: str, items: int) -> Intake:
        chance, page = self.chance, Page()
        quarter = 1 + number * 4 // max(1, self.reports)
        date = dt.date(2026, min(3 * quarter, 12), chance.randrange(20, 30))
        symbol = f"{number + 1}/BC-DV"
        page.add(f"BÁO CÁO số {symbol} của {unit} về kết quả thực hiện quý {quarter} năm 2026")
        own = [given for given in self.given[unit] if given.date < date] or self.given[unit]
        chosen = [chance.choice(own) for _ in range(items)]
        told = dict.fromkeys(given.symbol for given in chosen)
        answers = tuple(islice(told, 3)) if chance.random() < 0.9 else ()
        page.add(f"Thực hiện {', '.join(answers) or 'chương trình công tác'}, {unit} báo cáo như sau:")
        found = tuple(self.item(page, symbol, f"i{n + 1}", given) for n, given in enumerate(chosen))
        span = Period(dt.date(2026, 3 * quarter - 2, 1), dt.date(2026, 3 * quarter, 28), f"quý {quarter}")
        header = Header(symbol, "Báo cáo", unit, (unit,), date, page.lines[0])
        facts = Extraction(header, report=Report(unit, span, answers, found))
        return replace(intake_of(page.document(f"bao-cao-{number}.txt"), facts), arrived=date)

    def item(self, page: Page, report: str, name: str, given: Given) -> ReportItem:
        """The task in other words: some left out or another put in, what was done in front, a figure behind."""
        chance = self.chance
        if chance.random() < 0.1:
            text = f"{chance.choice(NOTHING)}; {self.drawn(FIELDS)}"
            start, end = page.add(text)
            return ReportItem(name, text, start, end)
        verb, what, where, other = given.words
        done = chance.random() < 0.6
        head = chance.choice(DONE if done else DOING)
        parts = [verb if chance.random() < 0.8 else self.drawn(VERBS), what]
        parts += [where] if chance.random() < 0.6 else []
        parts += [f"và {other}"] if chance.random() < 0.6 else []
        text = f"{head} {' '.join(parts)}, đạt {chance.randrange(10, 100)}% kế hoạch"
        start, end = page.add(text)
        self.answers[report, name] = (given.symbol, given.task.id)
        return ReportItem(name, text, start, end, claimed_status="done" if done else "in_progress")

    def other(self, number: int) -> Intake:
        page = Page()
        symbol = f"{number + 1}/CV-DV"
        page.add(f"Số: {symbol}. V/v {' '.join(self.wording()[:3])}")
        citations = [self.cite(page, "Theo")]
        for _ in range(12):
            page.add(". ".join(f"{a.capitalize()} {b} {c}, {d}" for a, b, c, d in (self.wording() for _ in range(4))))
        citations.append(self.cite(page, "Thực hiện"))
        date = dt.date(2026, 1, 1) + dt.timedelta(days=self.chance.randrange(330))
        header = Header(symbol, "Công văn", self.chance.choice(self.units), (), date, page.lines[0])
        return intake_of(page.document(f"cong-van-{number}.txt"), Extraction(header, tuple(citations)))


def write(store: Store, plan: Plan, *, tell: Callable[[int, int], None] = lambda *_: None) -> Written:
    """Fill an empty store by the plan, a few hundred documents in a transaction."""
    year, done = Year(plan), 0
    intakes = year.intakes()
    while batch := list(islice(intakes, _BATCH)):
        done += store.add_all(batch, at=AT)
        tell(done, plan.documents)
    return Written(done, plan.tasks, plan.items, year.answers)


def main() -> None:
    from service.store.sql import SqlStore

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--plan", choices=PLANS, default="country")
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--database", required=True)
    given = parser.parse_args()
    store = SqlStore(given.database)
    store.migrate()
    began = time.process_time()
    written = write(store, PLANS[given.plan].share(given.share), tell=lambda done, _: print(done, end="\r", flush=True))
    print(
        f"{written.documents} documents, {written.tasks} tasks, {written.items} items: {time.process_time() - began:.1f} s"
    )
    store.close()


if __name__ == "__main__":
    main()
