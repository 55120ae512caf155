"""Passages that give orders to a machine: they are never handed to a language model."""

import re
from typing import Final

_MACHINE: Final = (
    r"(?:(?<![a-z])AIs?(?![a-z])|人工智能|大?语言模型|大模型|智能助手|聊天机器人|机器人助手|(?<![a-z])(?:assistants?|chatbots?"
    r"|language models?|LLMs?)(?![a-z]))"
)
_ORDERS: Final = re.compile(
    r"(?:忽略|无视|忘掉|忘记|抛开|跳过).{0,12}(?:指令|指示|规则|设定|提示|要求|限制)"
    r"|\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:instruction|rule|prompt|previous|above)"
    r"|\bsystem prompt\b|系统提示词|\bjailbreak|\bdeveloper mode\b|开发者模式"
    rf"|\byou are (?:now )?(?:an? |the )?.{{0,30}}{_MACHINE}"
    rf"|你(?:现在)?是(?:一个|一名)?.{{0,12}}{_MACHINE}"
    rf"|{_MACHINE}.{{0,20}}(?:必须|应当|应该|请|务必|要|一律|\b(?:must|should|please|always)\b).{{0,16}}"
    r"(?:回答|回复|输出|告诉|改写|写成|\banswer|\breply|\bsay\b|\brespond|\boutput|\btell\b)"
    r"|(?:回答|回复)(?:任何|所有|一切|每个|用户).{0,6}(?:问题|提问|询问).{0,10}(?:都|必须|一律|务必)"
    r"|\banswer (?:every|all|any) questions?\b"
    r"|从现在(?:起|开始).{0,20}(?:回答|回复|扮演)|\bfrom now on\b.{0,20}(?:answer|reply|act|you)\b"
    r"|<\|[a-z_]+\|>|\[/?INST\]|<</?SYS>>"
    r"|^\s*#{2,}\s*(?:system|instruction)|^\s*(?:system|assistant)\s*[:：]",
    re.I | re.M,
)


def commands_a_machine(text: str) -> bool:
    """Does a text tell whoever reads it by machine what to do?"""
    return bool(_ORDERS.search(text))
