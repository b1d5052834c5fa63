"""TikZ: pdflatex compiles every file without further packages, alone and inside a paper; the pages look as the PNG of the
same step; every character that the writer lets through is printed."""
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy
from PIL import Image

sys.path.insert(0, os.path.join(os.environ["TESTS_DIR"], "support"))
from checks import CONVLOOM, check, end  # noqa: E402

WIDTH = 640


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True, errors="replace", timeout=200)
    if done.returncode != 0:
        sys.exit(f"FAILED: {words}: {done.returncode}\n{done.stdout[-3000:]}{done.stderr}")
    return done.stdout


def compiled(name, engine="pdflatex"):
    run(engine, "-interaction=nonstopmode", "-halt-on-error", f"{name}.tex")
    log = Path(f"{name}.log").read_text(errors="replace")
    check("Missing character" not in log, f"{name}: a character is not printed")
    return run("pdfinfo", f"{name}.pdf")


def pages(info):
    return int(re.search(r"Pages: +(\d+)", info).group(1))


def picture(path):
    """A quarter as large: letters of another font weigh the same in about the same place."""
    image = Image.open(path).convert("RGB")
    return numpy.asarray(image.resize((WIDTH // 4, WIDTH * 9 // 64), Image.BOX), dtype=float)


def compare(name, *words, most=4):
    run(CONVLOOM, "export", *words, "-o", f"{name}.tex")
    first = Path(f"{name}.tex").read_bytes()
    run(CONVLOOM, "export", *words, "-o", f"{name}.tex")
    check(Path(f"{name}.tex").read_bytes() == first, f"{name}: two runs give different bytes")
    run(CONVLOOM, "export", *words, "--size", f"{WIDTH}x{WIDTH * 9 // 16}", "-o", f"{name}_expected.png")
    info = compiled(name)
    check(pages(info) == 1, f"{name}: {info}")
    run("pdftoppm", "-singlefile", "-scale-to-x", str(WIDTH), "-scale-to-y", str(WIDTH * 9 // 16), "-png", f"{name}.pdf", name)
    apart = numpy.abs(picture(f"{name}.png") - picture(f"{name}_expected.png")).max(axis=2)
    # Where a figure has a cell or a line that the other lacks, many neighbouring points are far apart.
    check(apart.mean() < most and (apart > 90).mean() < 0.003, f"{name}: {apart.mean():.2f}, {(apart > 90).mean():.4f}")


for view in ("flat", "stacked", "volume", "matrix", "padding", "gradient", "cost", "channels", "receptive", "im2col"):
    compare(f"dilation_{view}", "--preset", "dilation", "--view", view, "--steps", "4")
compare("chain", "--preset", "kind_depthwise_separable", "--view", "chain", "--steps", "4")
compare("dark", "--preset", "same_padding_no_strides", "--view", "stacked", "--theme", "dark", "--steps", "6")
compare("values", "--preset", "dilation", "--view", "flat", "--value-colors", "--steps", "4")
compare("grid", "--preset", "dilation", "--view", "flat", "--grid", "3x2", "--steps", "0,2,4-6,8", "--caption", "Six steps.", most=6)   # much small text
compare("signal", "--preset", "more_causal", "--view", "signal", "--steps", "4")

# A page a step, in the size that was asked for.
run(CONVLOOM, "export", "--preset", "dilation", "--size", "8x4.5cm", "-o", "steps.tex")
info = compiled("steps")
width, height = map(float, re.search(r"Page size: +([\d.]+) x ([\d.]+)", info).groups())
check(pages(info) == 9 and abs(width - 8 / 2.54 * 72) < 0.3 and abs(height - 4.5 / 2.54 * 72) < 0.3, info)

# In a paper, with an arrow between named cells and a colour that was changed.
Path("paper.tex").write_text(r"""\documentclass{article}
\usepackage{tikz,standalone}
\begin{document}
Text before. \input{steps} Text after.
\end{document}
""")
check("Text after" in (compiled("paper"), run("pdftotext", "paper.pdf", "-"))[1], "the paper's own text")
text = Path("steps.tex").read_text()
changed = text.replace("\\end{tikzpicture}", "\\draw[->] (input-1-2) to[bend left] (output-0-0) (kernel.north) -- +(0,-9);\\end{tikzpicture}", 1)
check(changed != text, "no picture in steps.tex")
Path("notes.tex").write_text(changed)
compiled("notes")

# All of ASCII, the Latin letters and the characters that become math.
latin = "".join(chr(c) for c in range(0xC0, 0x180) if chr(c) not in "ÐðÞþĄąĐđĘęĦħĮįĸĿŀŉŊŋſŦŧŲų")
for nth, title in enumerate(("\\input{x} #1 $5 50% a_b^c {x} ~ | <a> \"q\" `r` -- '' & c", latin[:90], latin[90:],
                             "−×÷·±…°→←↑↓√⌊⌋⌈⌉≈∞≤≥≠∑′″∂∇∈⊗⊕∗¬µ½⁻ˣⁿ⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉§©£–—“”‘’",
                             "ΓΔΘΛΞΠΣΥΦΨΩαβγδεζηθικλμνξπρςστυφχψω")):
    run(CONVLOOM, "export", "--preset", "dilation", "--steps", "0", "--title", title, "-o", f"title_{nth}.tex")
    compiled(f"title_{nth}")
printed = run("pdftotext", "title_0.pdf", "-")
check("\\input{x} #1 $5 50% a" in printed and "-- ’’ & c" in printed, printed)

# What pdflatex cannot print it refuses with a sentence.
run(CONVLOOM, "export", "--preset", "dilation", "--steps", "0", "--language", "zh-CN", "-o", "chinese.tex")
done = subprocess.run(["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "chinese.tex"], capture_output=True, text=True,
                      errors="replace", timeout=200)
check(done.returncode != 0 and "compile it with xelatex" in done.stdout.replace("\n", ""), done.stdout[-500:])
end()
