"""What is no question to the documents: greetings, thanks, commands, attempts to misuse."""

import re
from typing import Final

# Kind of talk, and how it is recognised; the answer stands in the wording file under `talk.<kind>`.
_KINDS: Final = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        ("empty", r"^[\W_]*$"),
        (
            "misuse",
            r"(?:忽略|无视|忘掉|忘记|抛开|跳过).{0,12}(?:指令|指示|规则|设定|提示|要求|限制|文档|文件)"
            r"|(?:系统|初始|隐藏)(?:提示词|提示|指令)|提示词|越狱|不受.{0,4}限制|开发者模式|(?:管理员|服务器|机器人).{0,6}(?:密码|口令|令牌|密钥)"
            r"|\bignore\b.{0,40}\b(?:instruction|rule|prompt|document|previous|above)|\bsystem prompt\b"
            r"|\bjailbreak|\bDAN\b|\bdeveloper mode\b|\bpretend (?:you|to be)\b|\bpassword\b|api[ _-]?key"
            r"|(?:把|将).{1,40}当(?:成|作|做).{0,8}(?:原文|事实|答案|文件|文档)|从现在(?:起|开始).{0,20}(?:扮演|当成|是)",
        ),
        ("thanks", r"^(?:太|非常|十分)?(?:谢谢|感谢|多谢|谢了|辛苦)[^?？]{0,12}$|^(?:thanks?|thank you|thx)\b[^?]{0,20}$"),
        ("bye", r"^(?:再见|拜拜|回见|晚安|bye|goodbye|see you)[\W\w]{0,6}$"),
        (
            "greeting",
            r"^(?:你好|您好|嗨|哈喽|早上好|上午好|下午好|晚上好|早安|在吗|在不在|hi|hello|hey|good (?:morning|afternoon|evening))"
            r"[^?？]{0,10}[?？]?$",
        ),
        ("who", r"^(?:你|您)(?:是谁|叫什么|是什么|是机器人|是人吗)|^who are you|^what are you\b|your name"),
        ("help", r"^(?:帮助|怎么用|如何使用|使用说明|你(?:能|会|可以)(?:做|干|帮我?做)(?:什么|啥)|有什么功能|help|what can you do)[^a-z]{0,6}$"),
        ("praise", r"^(?:不错|很好|太好了|真棒|厉害|可以|好的|好|嗯+|哦+|ok|okay|great|nice|good|cool)[\W]{0,4}$"),
        (
            "task",
            r"(?:帮我|给我|替我|请你?)?(?:写|作|编|来)(?:一|几)?(?:首|篇|封|段|个).{0,16}(?:诗|绝句|词|歌|作文|小说|文章|邮件|代码|程序|笑话|故事)"
            r"|(?:讲|说)(?:一)?个(?:笑话|故事)|翻译(?:一下|成|这)|(?:股票|彩票|基金|比特币).{0,10}(?:买|涨|跌|号)|算命|星座运势"
            r"|(?:今天|明天|后天|周末|现在).{0,8}(?:天气|下雨|下雪|气温|几度|几点)|天气(?:怎么样|如何|预报)"
            r"|\bwrite (?:me )?(?:a|an|some) (?:poem|song|story|essay|code|email)|\btell me a joke|\bweather\b|\btranslate\b",
        ),
        ("empty", r"^[\W_]*(?:[a-z0-9]{1,2}|[\u4e00-\u9fff]|[\d\W_]+)[\W_]*$"),
    )
)  # fmt: skip


def kind_of_talk(text: str) -> str | None:
    """The kind of talk a text is, or None when it is a question to be looked up."""
    bare = text.strip()
    return next((kind for kind, pattern in _KINDS if pattern.search(bare)), None)
