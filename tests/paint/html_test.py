"""Pages of HTML: every step comes out of the page as the SVG of that step, and the page asks for nothing."""
import html.parser
import json
import os
import re
import sys
from pathlib import Path

sys.path.insert(0, os.path.join(os.environ["TESTS_DIR"], "support"))
from checks import check, convloom, end  # noqa: E402


def run(*words, status=0):
    done = convloom(*words, timeout=250)
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


def data_of(text):
    return json.loads(re.search(r'<script type="application/json" id="steps">(.*?)</script>', text, re.S).group(1))


def cells_of(text, step):
    """What the page says about each cell of the grids at a step, from front to back."""
    data = data_of(text)
    cells = data["cells"]
    said, at = [], step
    while cells["steps"][at] == 0:
        at -= 1
    for place, number in cells["steps"][at]:
        begin, rest, *later = cells["texts"][number]
        whole = [None if one == 0 else begin + (one if isinstance(one, str) else rest[one - 1]) for one in rest]
        if later:
            whole = [w + (data["words"]["later"] if since > step else value)
                     for w, value, since in zip(whole, *later)]
        check(len(whole) == cells["places"][place][8] * cells["places"][place][9], "a text for every cell")
        said.append(whole)
    return said


def contrast(one, other):
    def light(color):
        parts = [int(color[n:n + 2], 16) / 255 for n in (1, 3, 5)]
        return sum(w * (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4)
                   for w, c in zip((0.2126, 0.7152, 0.0722), parts))
    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


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

# The controls are seen on every theme's ground, whether the figure's colours are exchanged or not.
for theme in ("light", "dark", "conv_arithmetic", "colour_blind_safe", "print"):
    run("export", "--preset", "dilation", "--theme", theme, "-o", "theme.html")
    text = Path("theme.html").read_text()
    style = re.search(r"<style>(.*?)</style>", text, re.S).group(1)
    colors = dict(re.findall(r"--(\w+): (#\w{6});", re.search(r":root \{(.*?)\}", style).group(1)))
    if re.search(r'<html [^>]*class="dark"', text):
        colors |= dict(re.findall(r"--(\w+): (#\w{6});", re.search(r":root\.dark \{(.*?)\}", style).group(1)))
    check((theme == "dark") == ('class="dark"' in text), f"{theme}: the ground is dark or not")
    exchanged = {name: "#" + "".join(f"{255 - int(color[n:n + 2], 16):02x}" for n in (1, 3, 5))
                 for name, color in colors.items()}
    for found in [colors] + ([exchanged] if theme != "dark" else []):
        check(contrast(found["text"], found["ground"]) >= 7, f"{theme}: text {found}")
        check(contrast(found["line"], found["ground"]) >= 3, f"{theme}: lines {found}")
        check(contrast(found["accent"], found["ground"]) >= 3, f"{theme}: accent {found}")

# What the cells are, and the sum where the figure does not write it.
run("export", "--preset", "numerical_padding_strides", "-o", "page.html")
text = Path("page.html").read_text()
said = cells_of(text, 4)
check(any("Input (1, 1) = 0" in grid and "Padding (-1, -1) = 0".replace("-", "−") in grid for grid in said), f"input: {said}")
check(any(grid == [f"Weight ({n // 3}, {n % 3}) = {v}" for n, v in enumerate((0, 1, 2, 2, 2, 0, 0, 1, 2))] for grid in said),
      f"kernel: {said}")
check(any(grid[4:6] == ["Output (1, 1) = 17", "Output (1, 2), not computed yet"] for grid in said), f"output: {said}")
check(data_of(text)["sums"] == [] and 'id="sum"' not in text, "the figure writes its sum itself")
run("export", "--preset", "padding_strides_transposed", "-o", "page.html")
data = data_of(Path("page.html").read_text())
check(len(data["sums"]) == 25 and data["sums"][1] == "1·2 + 1·0 = 2", f"the sums: {data['sums']}")
run("export", "--preset", "kind_2d", "--language", "zh-CN", "--steps", "2..3", "-o", "page.html")
said = cells_of(Path("page.html").read_text(), 0)
check(any("输出 (0, 2) = 17" in grid and "输出 (1, 0)，尚未算出" in grid for grid in said), f"in Chinese: {said}")

# Several steps in one figure.
run("export", "--preset", "numerical_padding_strides", "--grid", "2x2", "-o", "page.html")
said = cells_of(Path("page.html").read_text(), 1)
check(sum("Output (2, 1) = 4" in grid and "Output (2, 2), not computed yet" in grid for grid in said) == 4, f"a grid: {said}")
run("export", "--preset", "numerical_padding_strides", "--grid", "2x2", "--steps", "0..5", "-o", "page.html")
said = cells_of(Path("page.html").read_text(), 1)
check(sum("Output (1, 2) = 13" in grid and "Output (2, 0), not computed yet" in grid for grid in said) == 2, f"a part: {said}")

# A page grows with what changes, not with the size of the figure, and neither does the time.
run("export", "nn.Conv2d(1, 1, 3)", "--input", "1x42x42", "--steps", "0..299", "-o", "large.html")
text = Path("large.html").read_text()
check(len(text) < 800_000, f"300 steps of a large layer take {len(text)} bytes")
same_steps("nn.Conv2d(1, 1, 3)", "--input", "1x42x42", "--steps", "35..44")
same_steps("nn.Conv2d(2, 3, 3)", "--input", "2x9x9", "--steps", "40..60", "--view", "volume")
same_steps("--preset", "more_lenet", "--steps", "0..5")

run("export", "--preset", "dilation", "--title", '</title><script>"&', "-o", "title.html")
text = Path("title.html").read_text()
check("</title><script>\"" not in text and "<title>&lt;/title>" in text, "a title is text")
run("export", "--preset", "dilation", "--transparent", "-o", "page.html", status=2)
one = run("export", "--preset", "dilation", "--steps", "3", "-o", "one.html")
check(len(steps_of(Path("one.html").read_text())) == 1, "a page of one step")
end()
