"""What kind of words an answer must hold: a figure, a date, a person or body."""

import re
from typing import Final

from retrieval.question import Question, Shape

_NUMERAL: Final = r"[一二三四五六七八九十百千万亿两]"
_FIGURE: Final = re.compile(
    rf"\d|(?=[^万亿]){_NUMERAL}+(?:[个项条种类大次年月日倍成家本册件张套卷名位份届周元岁天人]|小时|平方|公里|分之)|百分之|半数|全部|每年|翻番"
)
_BARE_YEAR: Final = re.compile(r"(?:19|20)\d{2}(?:\s*[-—–至到]+\s*(?:19|20)\d{2})?\s*年?")
_ENUMERATOR: Final = re.compile(
    r"[（(]\d{1,2}[)）]|(?:^|\n)\s*(?:[（(]?\d{1,2}\s*[)）.．、]|\d{1,2}\s)|第[\d一二三四五六七八九十百]+[条章节款项]"
)
_DURATION: Final = re.compile(
    rf"(?:\d|{_NUMERAL})+\s*(?:分钟|小时|天|日|周|个?星期|个?月|年|学时|课时|届)|终身|长期|一生"
)
_ASKS_DURATION: Final = re.compile(r"多久|多长时间|多长|how long|how often")
_DATE: Final = re.compile(
    r"\d{4}\s*年|\d{1,2}\s*月|\d{1,2}\s*日|每年|每月|每季度|为期|\d+\s*(?:天|周|小时|个月|年)"
    rf"|{_NUMERAL}+(?:年|个月|天|日内|周年|世纪)|十[二三四五]五|期间|之前|以前|截止|同时|当日|施行"
)
_ASKS_YEAR: Final = re.compile(r"哪一?年|几几年|\bwh(?:at|ich) year\b")
_YEAR: Final = re.compile(
    rf"(?:19|20)\d{{2}}|(?:\d{{2}}|{_NUMERAL}{{1,2}})(?:世纪|年代)|十[二三四五]五|{_NUMERAL}{{4}}年"
)
_BODY: Final = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:系|局|部|厅|院|馆|会|署|委|处|组织|政府|机关|机构|部门|单位|总部|联盟|公司|学校"
    r"|大学|协会|学会|中心|集团|人|者|员|师|同志|书记|主席|主任|国务院)|联系人|[A-Z]{3,}|[A-Z][a-z]+ [A-Z]|[a-z]{3,5}\b"
)
_PERCENT: Final = re.compile(r"[%％‰]|百分之|分之")
_ASKS_PERCENT: Final = re.compile(r"百分之几|百分之多少|几个百分点|\bpercent")
_UNIT_OF_MONEY: Final = re.compile(r"[美澳欧日港]?元|英镑|美金|万元|亿元")
_UNIT_OF_TIME: Final = {"天": "[天日]", "日": "[天日]", "月": "月", "年": "年", "岁": "岁"}
# The key words of a paper name what it is about, and say nothing of it.
_KEYWORDS: Final = re.compile(r"(?:[\w\s-]{2,30}[;；]\s*)+[\w\s-]{2,30}[.。]?")
_BOOKS: Final = frozenset({"本", "册", "书", "本书", "册书", "图书"})
_NUMBER_OF_BOOKS: Final = re.compile(
    rf"(?:\d|{_NUMERAL})\s*[余多]?(?:册(?!次)|本(?!科)|种|部|卷)|册件|[(（]万?[册种][)）]"
)
_COUNTED: Final = re.compile(
    r"(?:多少|几)(?:个|名|家|位|座|所|种|项|次|件)?((?!时间|[人家个名位元年月天岁])[\u4e00-\u9fff]{2,6}?)"
    r"(?=[?？!！。,，吗呢]|$)"
    r"|\bhow many ((?:[a-z]+ ){0,2}?[a-z]+?)(?= (?:are|is|does|do|did|will|were|has|have|in|of|by|take)\b|\W*$)"
)
_DAY: Final = re.compile(
    r"\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|十[二三四五]五|[一二三四五六七八九十]、"
)
_NUMBER: Final = re.compile(r"\d|[二两三四五六七八九十百千万]")

BY_THE_BOOK: Final = 1.8
_UNIT_OF_SIZE: Final = frozenset({"平方米", "平方公", "平米", "tb", "gb", "公里", "小时", "分钟"})


_CLOCK_ASKED: Final = r"几点|开放时间|开馆时间|营业时间|\bopening hours\b|\bwhat time\b"
# What is asked for in plain words, and how it must look where it stands.
_MUST_LOOK: Final = tuple(
    (re.compile(asked), re.compile(looks))
    for asked, looks in (
        (
            r"哪座城市|哪个城市|哪个国家|哪个省|什么地方|在哪里|在哪儿|在哪$|哪里$|地址|\bwhere\b|\bwhich city\b",
            r"[\u4e00-\u9fff]{1,8}(?:省(?!馆)|(?<!城)市(?![民场级])|(?<![社地])区(?![域别分])|县|州|国(?![际家内外民务有情图])"
            r"|路(?!径)|街|镇|村|\d号|馆区|广场|大厦)|亚|洲",
        ),
        (r"电话|手机号|\bphone\b|\btelephone\b", r"\d{7,}|\d{3,4}-\d{6,}"),
        (r"邮箱|邮件地址|电邮|\be-?mail\b", r"@"),
        (
            r"网址|官网地址|网站地址|\burl\b|\bwebsite address\b",
            r"https?|www\.|\.(?:cn|org|com|net)",
        ),
        (
            r"多少钱|花费|造价|投资(?:了)?多少|投了多少|经费(?:是)?多少|预算(?:是)?多少"
            r"|费用?(?:是|要|为)?多少|工资|薪水|月薪|[罚赔](?:款|偿)?多少|收费(?:吗|多少)"
            r"|\bhow much (?:does|do|is|money)\b|\b(?:costs?|fees?|salary|wages?|price|fine for)\b",
            r"元|[万亿](?![册人件个次种部份])|免费|无偿|不收费|[¥￥$€£]",
        ),
        (r"多大[?？]?$", r"[\d一二三四五六七八九十百千万]\s*(?:平|亩|公顷|万|个|座|层)|倍"),
        (r"第几(?=[条章款项节])", rf"第(?:\d|{_NUMERAL})+[条章款项节]"),
        (r"多少度|几度|温度.{0,6}多少", r"[\d一二三四五六七八九十]\s*(?:℃|°|度|摄氏)"),
        (_CLOCK_ASKED, r"\d{1,2}[:：点]|小时|上午|下午|全天"),
    )
)


def fits(question: Question, text: str) -> bool:
    """Could this text answer a question of this shape at all?"""
    for asked, looks in _MUST_LOOK:
        if asked.search(question.folded) and not looks.search(text):
            return False
    if question.shape is Shape.DEFINITION and _KEYWORDS.fullmatch(text.strip()):
        return False
    if question.shape is Shape.FIGURE:
        return _fits_figure(question, text)
    if question.shape is Shape.WHEN:
        return _fits_time(question, text)
    if question.shape is Shape.WHO:
        return bool(_BODY.search(text))
    return True


def _fits_time(question: Question, text: str) -> bool:
    """How long, how often, which year, or any time; a time of day has been looked for before."""
    if _ASKS_DURATION.search(question.folded):
        often = re.search(r"一次|几次|频率|how often", question.folded)
        every = bool(often) and bool(re.search(r"每.{0,2}(?:年|月|周|天|季)", text))
        return every or bool(_DURATION.search(_ENUMERATOR.sub(" ", text)))
    if _ASKS_YEAR.search(question.folded):
        return bool(_YEAR.search(text))
    return bool(_DATE.search(text) or re.search(_CLOCK_ASKED, question.folded))


def _fits_figure(question: Question, text: str) -> bool:
    if _ASKS_PERCENT.search(question.folded) and not _PERCENT.search(text):
        return False
    if question.unit and not unit_stands_in(question.unit, text):
        return False
    bare = _ENUMERATOR.sub(" ", _BARE_YEAR.sub(" ", text))
    return bool(_FIGURE.search(bare)) or not asks_quantity(question)


def counted(question: Question) -> str:
    """The things whose number is asked for: 多少会员, how many members."""
    found = _COUNTED.search(question.folded)
    return (found[1] or found[2]).strip() if found else ""


def counts(text: str, names: tuple[str, ...]) -> bool:
    """Does a sentence that has one of the names give a number too, and not only a date?"""
    bare = _ENUMERATOR.sub(" ", _BARE_YEAR.sub(" ", _DAY.sub(" ", text)))
    parts = re.split(r"[。；;\n]", bare)
    one = tuple(f"一{name[:1]}" for name in names)
    return any(
        any(name in part for name in names)
        and (_NUMBER.search(part) or any(form in part for form in one))
        for part in parts
    )


def asks_quantity(question: Question) -> bool:
    """多少 asks for a number; 电话多少 and 占比 do, 多少 of a telephone is one too."""
    return bool(re.search(r"多少|几|how (?:many|much)|百分", question.folded))


def unit_stands_in(unit: str, text: str) -> bool:
    """Money is answered in money and square metres in square metres; people are not so strict."""
    money = _UNIT_OF_MONEY.match(unit)
    if money:
        return money.group() in text
    time = _UNIT_OF_TIME.get(unit[:1])
    if time is not None and not re.search(rf"(?:\d|{_NUMERAL})\s*个?{time}|周{time}", text):
        return False
    if unit in _BOOKS and not _NUMBER_OF_BOOKS.search(text):
        return False
    size = next((known for known in _UNIT_OF_SIZE if unit.startswith(known)), None)
    return size is None or size[:2] in text.casefold()


def defines(question: Question, spoken: str, others: tuple[str, ...] = ()) -> float:
    """Does a text say what the asked word is, and not only use it? Most when it says 是指.

    `others` are other names of what is asked for.
    """
    if not question.subject and not others:
        return 0.0
    if question.shape not in (Shape.DEFINITION, Shape.FACT):
        return 0.0
    names = "|".join(re.escape(name) for name in (question.subject, *others) if name)
    if re.search(
        rf"(?:^|所称的?|[。；\n）)条])\s*[“\"《]?(?:{names})[”\"》]?[，,]?(?:是指|指的是)", spoken
    ):
        return BY_THE_BOOK
    after = (
        r"(?:[（(][^()（）]{1,20}[)）])?[，,]?"
        r"(?:是(?!否)|即|指(?![导标定南挥数引示派])|由.{2,30}发起)"
    )
    plain = re.search(rf"(?:{names})[”\"》]?{after}", spoken) or re.search(
        rf"(?:所谓|发起了?|称为|即)[“\"《]?(?:{names})", spoken
    )
    return float(bool(plain))
