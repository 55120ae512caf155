"""What is no question to the documents: greetings, thanks, commands, attempts to misuse."""

import re
from collections.abc import Sequence
from typing import Final

from foundation.wording import say

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
        ("thanks", r"^(?:太|非常|十分)?(?:谢谢|感谢|多谢|谢了|辛苦)[^?？]{0,12}$|^(?:thanks?|thank you|thx)\b[^?]{0,60}$"),
        ("bye", r"^(?:再见|拜拜|回见|晚安|bye|goodbye|see you)[\W\w]{0,6}$"),
        (
            "greeting",
            r"^(?:你好|您好|嗨|哈喽|早上好|上午好|下午好|晚上好|早安|在吗|在不在|hi|hello|hey|good (?:morning|afternoon|evening))"
            r"[^?？]{0,10}[?？]?$"
            r"|^(?:早|大家好|你们好)[啊呀!！。~～]*$",
        ),
        (
            "complaint",
            r"^(?:你|您|这|真|好|太|是|个|你们|什么|[,，!！ ])*(?:笨|蠢|傻|垃圾|没用|差劲|白痴|废物|弱智|智障|烂|滚|闭嘴|去死|混蛋|王八蛋|放屁|胡说(?:八道)?)"
            r"(?:蛋|瓜|子|逼|了|的|机器人|东西|开|吧|啊|死了|透了|[!！。,， ])*$|[傻煞]逼|他妈的|操你|fuck|bullshit"
            r"|^(?:you(?:'re| are)? |so |really |a |an |this is |it is |it's |just |bloody )*(?:stupid|idiot|dumb|useless|rubbish|garbage|crap|suck|moron|shut up)\b[^?]{0,12}$"
            r"|^(?:这)?(?:不对|不是这个(?:意思)?|错了?|(?:你|您)?(?:答|说|搞|弄)错了?|答非所问|(?:听|看|没听|没看)不?懂|我?(?:要|想)投诉.{0,4})[吧啊了!！。?？]*$"
            r"|^(?:no,? )?(?:that(?:'s| is)|this is|you(?:'re| are))? ?(?:wrong|incorrect|not (?:right|true|correct|what i (?:asked|meant)))\W*$|^i (?:don't|do not) understand\W*$",
        ),
        (
            "documents",
            r"^(?:你|您|你们|这里|库里|馆里)?(?:现在|目前|都|一共|总共)*(?:有|收了?|知道|读过|装了)(?:的)?(?:都有)?(?:哪些|什么|几[份个篇]|多少[份个篇]?)(?:文件|文档|资料)[吗呢啊?？。]*$"
            r"|^(?:which|what|how many) documents (?:do you (?:have|know|use)|are there|can i ask)[^a-z]*$|^list (?:all |the |your )*documents\W*$",
        ),
        ("who", r"^(?:你|您)(?:是谁|叫什么|是什么|是机器人|是人吗)|^(?:你|您)?是?(?:不是)?真人吗?[?？]*$|谁(?:做|开发|造|写)(?:了|的)?你"
            r"|^who are you|^what are you\b|your name|^who (?:made|built|created|wrote) you|^are you (?:a |an )?(?:real|robot|bot|human|person|machine|ai)\b"),
        ("help", r"^(?:帮助|怎么用|如何使用|使用说明|你(?:能|会|可以)(?:做|干|帮我?做)(?:什么|啥)|有什么功能|(?:你|您)?(?:能|可以)(?:回答|问你?)(?:哪些|什么|啥)(?:问题)?|我?能问(?:你)?(?:哪些|什么|啥)|怎么提问|help|help me|what can (?:you do|i ask|you answer|we ask))[^a-z]{0,6}(?:you)?[^a-z]{0,3}$"),
        ("praise", r"^(?:不错|很好|太好了|真棒|厉害|可以|好的|好|嗯+|哦+|是的?|对的?|没有?了|不用了?|(?:哈|呵|嘿|嘻)+|爱你|我爱你|ok|okay|great|nice|good|cool|yes|yeah|yep|no|nope|l+o+l+|(?:ha)+h?|i (?:love|like) you|never ?mind)[\W]{0,4}$"),
        (
            "task",
            r"(?:帮我|给我|替我|请你?)?(?:写|作|编|来)(?:一|几)?(?:首|篇|封|段|个).{0,16}(?:诗|绝句|词|歌|作文|小说|文章|邮件|代码|程序|笑话|故事)"
            r"|(?:讲|说)(?:一)?个(?:笑话|故事)|翻译(?:一下|成|这)|(?:股票|彩票|基金|比特币).{0,10}(?:买|涨|跌|号)|算命|星座运势"
            r"|(?:今天|明天|后天|周末|现在).{0,8}(?:天气|下雨|下雪|气温|几度)|^现在几点|天气(?:怎么样|如何|预报)"
            r"|\bwrite (?:me )?(?:a|an|some) (?:poem|song|story|essay|code|email)|\btell me a joke|\bweather\b|\btranslate\b",
        ),
        ("empty", r"^(?:[\d\W_]+|[\W_]*(?:[a-z0-9]{1,2}|[\u4e00-\u9fff]|[a-z](?:[\W_]+[a-z])+)[\W_]*)$"),
    )
)  # fmt: skip
# What is longer is no small talk, and too long for these patterns.
_LONGEST: Final = 500


def kind_of_talk(text: str) -> str | None:
    """The kind of talk a text is, or None when it is a question to be looked up."""
    bare = text.strip()
    if len(bare) > _LONGEST:
        return None
    return next((kind for kind, pattern in _KINDS if pattern.search(bare)), None)


def said_to(kind: str, language: str, titles: Sequence[str]) -> str:
    """What is said to a kind of talk; whoever asks for the documents is told their titles."""
    if kind != "documents" or not titles:
        return say(f"talk.{kind}", language)
    lead = say("talk.documents.list", language, number=len(titles))
    return "\n".join((lead, *(f"  · {title}" for title in titles)))
