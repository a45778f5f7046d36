"""Texts that broke, opened or ran something somewhere else once: 300 of them, built the same each time."""

from __future__ import annotations

_SEEDS = (
    "<b>never closed",
    "</b></para></font>",
    "<para><font color='red'>",
    "<img src='/etc/hostname' width='100' height='100'/>",
    '<img src="file:///etc/passwd"/>',
    '<img src="http://127.0.0.1:9/x.png"/>',
    '<img src="data:image/png;base64,iVBORw0KGgo="/>',
    '<a href="javascript:alert(1)">click</a>',
    '<link href="file:///C:/Windows/win.ini">open</link>',
    "<script>alert(document.cookie)</script>",
    "<svg onload=alert(1)>",
    '<font color="[[[getattr(pow, x)]]]">colour</font>',
    '<unichar code="__import__(1)"/>',
    "<seq id='x'/><bullet>•</bullet><onDraw name='f'/>",
    "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "&amp;&lt;&#0;&#x110000;&nosuch;&",
    "<![CDATA[<greeting>]]>",
    "{0}{number}{__class__}%s%d%(x)s%n",
    "${jndi:ldap://127.0.0.1/a} {{7*7}} {% raise %}",
    "'; DROP TABLE ticket; --",
    '=HYPERLINK("http://x","y")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u202egnp.exe",
    "left\u2066right\u2069 \u200fmark",
    "NUL\x00 BEL\x07 ESC\x1b[31m DEL\x7f",
    "\ufeffbom\u200bzero\u200djoin\u00adsoft",
    "😀😀👩\u200d💻🇨🇳🏳️\u200d🌈",
    "𠮷野家 𡈽 𪚥 𰻝",
    "喆 镕 囧 龘 靐 鿏",
    "العربية עברית ไทย हिन्दी",
    "Ångström naïve café Straße €¥£",
    "e\u0301e\u0301 Z\u0351\u036b\u0343a\u0334l\u0321g\u0323o",
    "a/very/long/path\\with\\no\\spaces/" + "segment/" * 30,
    "W" * 400,
    "没有空格的中文" * 40,
    "，。；：！？》”" * 10,
    "（《“" * 10,
    "line one\r\nline two\rline three\u2028four\u2029five\vsix\fseven",
    "\t\ttabs\tand   spaces   ",
    "",
    " ",
    "\n\n\n",
    "(parentheses) \\(escaped\\) \\n \\101 ) Tj ET",
    "stream\nendstream endobj %%EOF",
    "https://example.org/?q=<x>&y='z'",
    "C:\\Users\\..\\..\\secret.txt",
    "½ ² ™ … — – ‘quotes’ “more”",
    "ﬁ ﬂ Ⅳ ㎡ ① ㈱",
    "-1 +0 1e309 NaN 0x1F",
    "\ud800 lone \udfff surrogates",
)

_SHAPES = (
    "{}",
    "{0} {0}",
    "前{}后",
    "a{}z",
    "，{}。",
    "<b>{}</i>",
)

PAYLOADS = tuple(shape.replace("{0}", "{}").replace("{}", seed) for seed in _SEEDS for shape in _SHAPES)
"""The 300 texts."""

LONG_CHINESE = "服务台值班人员应当在接到用户申告后立即登记并按照优先级处理不得拖延" * 62
"""More than 2,000 characters in which no space offers a line end."""
