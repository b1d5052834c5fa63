"""Pages of HTML: every step comes out of the page as the SVG of that step, and the page asks for nothing."""
import html.parser
import json
import os
import re
import subprocess
import sys
from pathlib import Path

CONVLOOM = os.environ["CONVLOOM"]
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print("FAILED:", what)


def run(*words, status=0):
    done = subprocess.run([CONVLOOM, *words], capture_output=True, text=True, timeout=250)
    check(done.returncode == status, f"{words}: {done.returncode} {done.stderr}")
    return done


class Page(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.texts, self.inside = [], [], {}, []
        self.feed(text)
        check(not self.inside, f"elements left open: {self.inside}")

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.tags.append((tag, attributes))
        if "id" in attributes:
            self.ids.append(attributes["id"])
        if tag not in ("meta", "input"):
            self.inside.append(tag)

    def handle_endtag(self, tag):
        check(self.inside and self.inside[-1] == tag, f"</{tag}> ends {self.inside[-1:]}")
        if self.inside:
            self.inside.pop()


def steps_of(text):
    """What the page's script makes of its data."""
    first = re.search(r'<figure id="figure">(.*?)</figure>', text, re.S).group(1)
    data = json.loads(re.search(r'<script type="application/json" id="steps">(.*?)</script>', text, re.S).group(1))
    lines = first.split("\n")
    check(len(lines) == data["first"], "the number of lines of the first step")
    for one in data["lines"]:
        if isinstance(one, str):
            lines.append(one)
        else:
            base, head, tail, middle = one
            lines.append(lines[base][:head] + middle + lines[base][len(lines[base]) - tail:])
    now = list(range(data["first"]))
    steps = [now]
    for changes in data["steps"]:
        now = list(now)
        for place, out, *numbers in changes:
            now[place:place + out] = numbers
        steps.append(now)
    return ["\n".join(lines[n] for n in step) for step in steps]


def plain(svg):
    """With end tags for all elements, as a browser writes them."""
    svg = re.sub(r"<(\w+)((?:[^<>\"]|\"[^\"]*\")*?)/>", r"<\1\2></\1>", svg.strip())
    return re.sub(r">([^<]*)<", lambda m: ">" + m.group(1).replace("&quot;", '"') + "<", svg)


def same_steps(*words):
    run("export", *words, "-o", "page.html")
    text = Path("page.html").read_text()
    run("export", *words, "-o", "again.html")
    check(Path("again.html").read_text() == text, f"{words}: two runs give different pages")
    for old in Path(".").glob("s*.svg"):
        old.unlink()
    run("export", *words, "-o", "s%03d.svg")
    wanted = [plain(p.read_text()) for p in sorted(Path(".").glob("s*.svg"))]
    got = steps_of(text)
    check(len(got) == len(wanted), f"{words}: {len(got)} steps, not {len(wanted)}")
    for n, (a, b) in enumerate(zip(got, wanted)):
        check(a == b, f"{words}: step {n} differs")
    outside = [u for u in re.findall(r"https?://[^\s\"'<>)]*", text) if not u.startswith("http://www.w3.org/")]
    check(not outside, f"{words}: the page names {outside}")
    check("@import" not in text and "url(" not in text.split("</style>")[0], f"{words}: the style asks for files")
    page = Page(text)
    check(len(page.ids) == len(set(page.ids)) or "stacked" in words, f"{words}: an id twice")
    return text


for words in (["--preset", "padding_strides_transposed"], ["--preset", "numerical_padding_strides", "--taps", "--steps", "0..1"],
              ["--preset", "kind_2d_channels", "--view", "volume"], ["--preset", "kind_1d", "--view", "signal"],
              ["--preset", "dilation", "--view", "stacked", "--theme", "dark"],
              ["--preset", "kind_2d", "--language", "zh-CN", "--view", "matrix"],
              ["--preset", "kind_depthwise_separable", "--layer", "2", "--view", "chain", "--steps", "0..9"],
              ["--preset", "more_lenet", "--view", "cost", "--steps", "0..9"]):
    text = same_steps(*words)
    if "padding_strides_transposed" in words:
        check(len(text) < 60_000, f"the page of 25 steps takes {len(text)} bytes")
        check('<html lang="en"' in text and "<noscript>" in text and 'aria-live="polite"' in text, "what readers need")
    if "zh-CN" in words:
        check('<html lang="zh-CN"' in text and "上一步" in text, "the controls speak Chinese")

run("export", "--preset", "dilation", "--title", '</title><script>"&', "-o", "title.html")
text = Path("title.html").read_text()
check("</title><script>\"" not in text and "<title>&lt;/title>" in text, "a title is text")
run("export", "--preset", "dilation", "--transparent", "-o", "page.html", status=2)
one = run("export", "--preset", "dilation", "--steps", "3", "-o", "one.html")
check(len(steps_of(Path("one.html").read_text())) == 1, "a page of one step")
sys.exit(1 if failures else 0)
