"""What people say in Chinese when a model shall change; see `turn_english_forms` for the marks."""

from __future__ import annotations

from ...factories.factory import Setting
from ..actions import NUMBER_PROPERTIES
from .turn import Turn
from .values import Numbers, is_rate, is_time

FORMS: dict[str, tuple[str, ...]] = {
    "clone": (
        "再加一台{a}，并联", "在{a}旁边并联一台同样的", "复制{a}", "把{a}复制一份，并行工作",
        "{a}再增加一台，参数相同", "给{a}加一个并行的备份", "{a}是瓶颈，再并联一台",
        "{a}要两台并行", "请再添一台和{a}一样的，与它并联", "克隆{a}", "{a}翻倍", "并联增加一个{a}",
    ),
    "clone_named": (
        "复制{a}，命名为{n}", "在{a}旁边并联一台{n}，参数相同", "增加与{a}并联的{n}，设置一样",
        "把{a}复制一份，叫{n}", "再买一台和{a}一样的，叫{n}，并行工作", "{n}与{a}并联，参数相同",
        "克隆{a}为{n}", "给{a}加一台并行的{n}", "添加{n}，和{a}完全一样，并联", "{a}再来一台，名字是{n}",
    ),
    "clone_two": (
        "再加两台{a}，并联", "{a}再复制两份", "{a}要三台并行", "并联增加两台和{a}一样的", "克隆{a}两次",
        "在{a}旁边再放两台同样的",
    ),
    "clone_two_named": (
        "复制{a}两次，分别叫{n}和{m}", "增加与{a}并联的{n}和{m}，参数相同", "{n}、{m}与{a}并联，设置一样",
        "把{a}复制成{n}和{m}", "再买两台和{a}一样的：{n}和{m}，都并行工作",
    ),
    "line": (
        "把{chain}这条线复制一条并行线", "再建一条与{chain}相同的并行线", "复制从{a}到{b}的整条线",
        "{chain}这条支线加倍", "在旁边再放一条和{chain}一样的线", "克隆{chain}这条产线",
    ),
    "line_named": (
        "把{chain}这条线复制一条，新的叫{copies}", "增加一条与{chain}并行的线：{copies}",
        "再建一条与{chain}相同的并行线，命名为{copies}", "复制{chain}为{copies}，作为独立的线",
        "克隆{chain}这条产线，分别叫{copies}",
    ),
    "between": (
        "在{a}和{b}之间加{new}", "在{a}与{b}之间插入{new}", "{a}和{b}之间放{new}",
        "请在{a}和{b}中间增加{new}", "{a}到{b}的路上加{new}", "{a}和{b}之间需要{new}",
        "用{new}把{a}和{b}隔开", "{a}先送到{new}，再送到{b}", "{a}和{b}之间还缺{new}",
        "把{new}放到{a}和{b}之间", "从{a}到{b}要经过{new}",
    ),
    "after": (
        "在{a}后面加{new}", "在{a}之后插入{new}", "{a}后面放{new}", "{a}之后需要{new}",
        "{a}的下游增加{new}", "{a}出来的工件先进{new}", "{a}后接{new}", "请在{a}后面增加{new}",
        "{a}后面还缺{new}", "把{new}放在{a}后面", "过了{a}再经过{new}",
    ),
    "before": (
        "在{b}前面加{new}", "在{b}之前插入{new}", "{b}前面放{new}", "{b}之前需要{new}",
        "{b}的上游增加{new}", "进入{b}之前先经过{new}", "请在{b}前面增加{new}", "{b}前面还缺{new}",
        "把{new}放在{b}前面", "所有去{b}的工件先进{new}",
    ),
    "append": (
        "增加{new}，由{a}供料，送到{b}", "添加{new}，输入来自{a}，输出到{b}", "{a}也送料到{new}，再送到{b}",
        "新建{new}，从{a}接料，然后给{b}", "再加一条支路：{a}经过{new}到{b}", "另外设{new}，上游是{a}，下游是{b}",
    ),
    "source": (
        "增加{new}，给{b}供料", "{b}还从{new}进料", "再加{new}，连到{b}", "添加{new}，送料到{b}",
        "另外有{new}也给{b}供料", "新建{new}并连接到{b}",
    ),
    "sink": (
        "在{a}后面增加{new}，作为另一个出口", "{a}的废品送到{new}", "{a}也送到{new}", "{a}还可以送到{new}",
        "添加{new}，由{a}供料", "新建{new}，把{a}连过去", "从{a}出来的工件也可以去{new}",
    ),
    "remove": (
        "删除{a}", "去掉{a}", "把{a}删了", "不要{a}了", "移除{a}", "{a}不需要了", "拿掉{a}", "取消{a}",
        "请把{a}去掉", "{a}已经拆了", "{a}卖掉了，请删除", "不再使用{a}", "模型里不要{a}",
    ),
    "remove_told": (
        "去掉{b}，{a}直接送到{c}", "删除{b}，让{a}直接连{c}", "不要{b}了，{a}直接给{c}供料",
        "移除{b}后把{a}连到{c}", "跳过{b}，{a}直接到{c}，{b}删掉",
    ),
    "remove_all": (
        "删除{all}", "去掉{all}", "{all}都不要了", "把{all}都删掉", "移除{all}", "不再需要{all}",
    ),
    "rename": (
        "把{a}改名为{n}", "{a}改叫{n}", "将{a}重命名为{n}", "{a}的名字改成{n}", "{a}应该叫{n}",
        "把{a}的名称改为{n}", "以后{a}叫{n}", "{a}更名为{n}", "给{a}换个名字：{n}", "{a}的新名字是{n}",
        "请把{a}叫做{n}",
    ),
    "rename_two": (
        "把{a}改名为{n}，{b}改名为{m}", "{a}改叫{n}，{b}改叫{m}", "将{a}和{b}分别重命名为{n}和{m}",
        "{a}、{b}的新名字分别是{n}、{m}", "{a}应该叫{n}，{b}应该叫{m}",
    ),
    "connect": (
        "把{a}连到{b}", "{a}也送到{b}", "增加从{a}到{b}的连接", "连接{a}和{b}", "{a}还要给{b}供料",
        "{b}也从{a}进料", "加一条{a}到{b}的箭头", "{a}也可以去{b}", "缺一条从{a}到{b}的连线", "让{a}也连到{b}",
    ),
    "connect_two": (
        "把{a}连到{b}和{c}", "{a}也送到{b}和{c}", "增加从{a}到{b}和到{c}的连接", "{b}和{c}也由{a}供料",
        "让{a}同时连到{b}和{c}",
    ),
    "disconnect": (
        "断开{a}和{b}的连接", "删除从{a}到{b}的连线", "{a}不再送到{b}", "取消{a}到{b}的连接",
        "{a}不要给{b}供料", "{b}不再从{a}进料", "去掉{a}到{b}的箭头", "{a}和{b}不相连", "{a}到{b}的连接是错的，请删除",
    ),
    "reroute": (
        "{a}改送到{c}，不送到{b}", "把{a}的输出从{b}改到{c}", "{a}应该去{c}而不是{b}", "让{a}送到{c}，不再送到{b}",
        "{a}不连{b}，改连{c}", "断开{a}和{b}，把{a}连到{c}", "{a}的下游由{b}改为{c}", "{a}出来的工件去{c}，不去{b}",
    ),
    "refeed": (
        "{b}改由{c}供料，不再由{a}供料", "{b}应该从{c}进料而不是{a}", "把{b}的输入从{a}改为{c}",
        "由{c}代替{a}给{b}供料", "{b}的上游由{a}换成{c}",
    ),
    "swap": (
        "交换{a}和{b}的顺序", "先{b}，后{a}", "把{a}和{b}对调", "{b}应该在{a}前面", "工件先到{b}再到{a}",
        "{a}和{b}的先后顺序反过来",
    ),
    "move_after": (
        "把{a}移到{b}后面", "{a}应该紧跟在{b}之后", "将{a}挪到{b}之后", "{a}改放在{b}后面", "把{a}从原来的位置拿出来，放到{b}后面",
    ),
    "replace": (
        "用{new}代替{a}", "把{a}换成{new}", "{a}改为{new}", "{a}由{new}取代", "拆掉{a}，原位装{new}",
    ),
    "operate_new": (
        "给{a}配{new}", "增加{new}操作{a}", "{a}需要{new}", "{a}由{new}操作", "安排{new}在{a}工作",
    ),
    "operate": (
        "{r}也操作{a}", "{a}也由{r}操作", "让{r}同时负责{a}", "{a}加工时需要{r}", "把{a}也交给{r}操作",
    ),
    "carry_new": (
        "{a}出来的工件由{new}搬运", "增加{new}，负责从{a}运走工件", "{a}用{new}运输", "添加{new}搬运{a}的产出",
    ),
    "carry": (
        "{r}也搬运{a}出来的工件", "{a}也用{r}运输", "{a}的产出也由{r}运走", "让{r}也负责{a}的运输",
    ),
    "alone": (
        "{a}不再需要{r}", "{r}不再负责{a}", "{a}不用{r}了", "把{r}从{a}撤走",
    ),
}  # fmt: skip
SET = (
    "把{a}的{what}改成{v}", "{a}的{what}改为{v}", "将{a}的{what}设为{v}", "{a}的{what}是{v}",
    "{a}的{what}应为{v}", "请把{a}的{what}设成{v}", "{a}：{what}{v}", "{a}{what}{v}",
    "{a}的{what}现在是{v}", "设置{a}的{what}为{v}", "{a}的{what}调整到{v}", "{a}的{what}用{v}",
    "{a}的{what}要{v}", "能把{a}的{what}改成{v}吗？", "更正：{a}的{what}是{v}",
)  # fmt: skip
IT = (
    "它的{what}是{v}", "{what}为{v}", "把它的{what}设为{v}", "其{what}{v}", "{what}改成{v}", "它的{what}要{v}",
)  # fmt: skip
OLD = (
    "把{a}的{what}从{old}改成{v}", "{a}的{what}是{v}，不是{old}", "{a}的{what}由{old}改为{v}",
)  # fmt: skip
OPENINGS = ("", "", "", "", "现在", "另外，", "好的，", "还有，", "你好，", "对了，")
ASKING = ("", "", "", "请", "请你", "麻烦", "我想", "帮我", "现在", "另外，请", "你好，请")
VERBS = frozenset("把将在加给再复制删去增添连断交移新设用让克取拿")
"""Signs with which a request begins that asks for something to be done."""
JOINTS = ("，", "；", "。", "，然后", "，并且", "。另外，", "，再", "。\n")
NOUNS = {
    "Source": ("来料源", "源", "发生器"),
    "Queue": ("缓冲区", "队列", "缓存区", "暂存区"),
    "Processor": ("加工站", "处理器", "工位", "机器", "设备"),
    "Sink": ("出口", "终点", "吸收器"),
    "Combiner": ("合成器", "组装站"),
    "Separator": ("分解器", "拆分站"),
    "Rack": ("货架",),
    "StraightConveyor": ("输送机", "传送带", "直线输送机"),
    "Operator": ("操作员", "工人"),
    "Transporter": ("叉车", "运输车"),
    "TaskExecuter": ("AGV", "搬运小车"),
    "Robot": ("机器人", "机械臂"),
}
WHAT = {
    "InterArrivalTime": ("到达间隔", "到达时间间隔", "来料间隔", "间隔时间"),
    "ProcessTime": ("加工时间", "处理时间", "加工时长", "节拍"),
    "SetupTime": ("准备时间", "换型时间", "调整时间"),
    "MinimumDwellTime": ("最短停留时间", "最小存放时间"),
    "LoadTime": ("装载时间", "取货时间"),
    "UnloadTime": ("卸载时间", "卸货时间"),
    "MoveTime": ("每次搬运时间", "移动时间"),
    "MaxContent": ("容量", "最大容量", "最大存量"),
    "StackBaseZ": ("堆放基准高度", "堆垛底高"),
    "ComponentsList": ("每箱件数", "组件数量"),
    "SeparateQty": ("拆分数量", "拆分件数"),
    "Speed": ("速度", "输送速度"),
    "MaxSpeed": ("最高速度", "最大速度"),
    "Capacity": ("装载能力", "最大装载量"),
}
_UNITS = {
    "s": ("秒", "秒", "s", "秒钟"),
    "min": ("分钟", "分钟", "分", "min"),
    "h": ("小时", "h", "个小时"),
}
_LAWS = {
    "constant": ("{0}{u}", "{0}{u}", "固定{0}{u}"),
    "exponential": ("均值为{0}{u}的指数分布", "指数分布，均值{0}{u}", "平均{0}{u}，服从指数分布", "exponential({0}){u}"),
    "uniform": ("{0}到{1}{u}的均匀分布", "{0}{u}到{1}{u}之间均匀分布", "均匀分布，{0}至{1}{u}", "uniform({0}, {1}){u}"),
    "normal": ("均值{0}{u}、标准差{1}{u}的正态分布", "正态分布，均值{0}{u}，标准差{1}{u}", "normal({0}, {1}){u}"),
    "triangular": ("最小{0}、最可能{2}、最大{1}{u}的三角分布", "三角分布，最小值{0}{u}，众数{2}{u}，最大值{1}{u}"),
    "weibull": ("尺度{0}{u}、形状{1}的威布尔分布", "威布尔分布（尺度{0}{u}，形状{1}）"),
    "gamma": ("尺度{0}{u}、形状{1}的伽马分布", "伽马分布（尺度{0}{u}，形状{1}）"),
    "lognormal2": ("尺度{0}{u}、形状{1}的对数正态分布", "对数正态分布（尺度{0}{u}，形状{1}）"),
    "beta": ("{0}到{1}{u}、形状参数{2}和{3}的贝塔分布",),
}  # fmt: skip


def sayable(setting: Setting) -> bool:
    """Whether there are Chinese words for it."""
    return is_time(setting) or (setting.prop in NUMBER_PROPERTIES and setting.prop in WHAT)


def value(turn: Turn, setting: Setting, owners: list[int]) -> str:
    """A number or a time with its unit or law."""
    rng = turn.rng
    n = Numbers(turn.mark, setting, owners)
    unit = setting.args[0].unit
    if is_rate(setting):
        per = {"/h": "每小时", "/min": "每分钟", "/s": "每秒"}[unit]
        law = "，泊松到达" if setting.function == "exponential" else ""
        return f"{per}{n[0]}件{law}"
    if not is_time(setting):
        tail = {"Speed": rng.choice(["米/秒", "m/s"]), "MaxSpeed": "米/秒"}.get(setting.prop, "")
        return f"{n[0]}{tail}"
    arguments = [n[k] for k in range(len(setting.args))]
    return rng.choice(_LAWS[setting.function]).format(*arguments, u=rng.choice(_UNITS[unit]))


def what(turn: Turn, setting: Setting) -> str:
    """The name of a property."""
    return turn.rng.choice(WHAT[setting.prop])


def introduce(turn: Turn, new: int, settings: list[Setting], manner: str) -> tuple[str, str]:
    """A new object in words, and what is said of it after the request; see `turn_english`."""
    rng, cls = turn.rng, turn.factory.class_of(new)
    noun = rng.choice(NOUNS[cls])
    ways = {"instead": ("一个",), "also": ("一个", "一个新的"), "second": ("另一个", "一个新的")}
    called = f"{rng.choice(ways[manner])}{noun}"
    if new not in turn.unnamed:
        name = turn.mark.name(new)
        called = rng.choice(
            ["一个名为{n}的{x}", "{x}{n}", "一个{x}{n}", "一个叫{n}的{x}", "{n}（{x}）"]
        )
        called = called.replace("{n}", name).replace("{x}", noun)
    if not settings:
        return called, ""
    said = [
        f"{what(turn, s)}{rng.choice(['', '为', '是'])}{value(turn, s, [new])}" for s in settings
    ]
    if rng.random() < 0.3:
        return f"{called}（{'，'.join(said)}）", ""
    return called, f"，{rng.choice(['', '', '它的', '其'])}{'，'.join(said)}"
