#!/usr/bin/env python3
"""Every text that the program translates has a translation with the same placeholders, and no translation is unused.

The sources translate texts with tr(language, "...") or trf(language, "...", ...), and in the window with t("...") or tf("...", ...).
"""
import json
import os
import re
import sys

ROOT = os.path.join(os.environ["TESTS_DIR"], "..")
LITERAL = r'"(?:[^"\\\n]|\\.)*"'
CALLS = [
    re.compile(r"\btrf?\(\s*[\w.>()-]+?\s*,\s*((?:%s\s*)+)" % LITERAL),
    re.compile(r"\btf?\(\s*((?:%s\s*)+)" % LITERAL),
]
# With counts before nouns: trn(language, {{n, "cell"}}, "{} cells", n), and tn() in the window.
COUNTS = r"(\{\{(?:[^;{}\"]|%s|\}\s*,\s*\{)*\}\})" % LITERAL
COUNTING = re.compile(r"\b(trn|tn|counting)\((?:\s*[\w.>()-]+?\s*,)?\s*%s\s*,\s*((?:%s\s*)+)" % (COUNTS, LITERAL))
PLACE = re.compile(r"\{(\d*)(:[^}]*)?\}")
# Files with texts that reach tr() as values: names of planes, filters, presets, views.
BY_VALUE = ["core/scene", "core/state", "core/image", "core/arith", "app/exporting", "app/gui", "app/platform",
            "assets/presets"]

failures = []


def sources(folder):
    for where, _, files in os.walk(os.path.join(ROOT, folder)):
        for name in files:
            if name.endswith((".cpp", ".hpp", ".json")):
                with open(os.path.join(where, name), encoding="utf-8") as file:
                    yield os.path.relpath(os.path.join(where, name), ROOT), file.read()


def unquoted(literals):
    parts = re.findall(LITERAL, literals)
    return "".join(json.loads(part) for part in parts)


def plural_of(noun):
    """The same as in core/arith/layer/counts.cpp."""
    if noun.endswith("xis"):
        return noun[:-2] + "es"
    if noun.endswith(("ch", "sh", "s", "x")):
        return noun + "es"
    return noun[:-1] + "ies" if re.search("[^aeiou]y$", noun) else noun + "s"


def without_comments(text):
    return re.sub(r"(?m)^\s*//.*$|\s//[^\"\n]*$", "", text)


with open(os.path.join(ROOT, "assets/translations/zh-CN.json"), encoding="utf-8") as file:
    pairs = json.load(file, object_pairs_hook=list)
table = dict(pairs)
if len(table) != len(pairs):
    twice = sorted({english for english, _ in pairs if sum(e == english for e, _ in pairs) > 1})
    failures.append(f"zh-CN.json has these twice: {twice}")

used = {}
for folder in ("core", "app"):
    for path, text in sources(folder):
        for call in CALLS:
            if call is CALLS[1] and not path.startswith(("app/gui/", "app/platform/")):
                continue
            for found in call.finditer(without_comments(text)):
                used.setdefault(unquoted(found.group(1)), path)
        for found in COUNTING.finditer(without_comments(text)):
            form = unquoted(found.group(3))
            if found.group(1) != "counting":
                used.setdefault(form, path)
            for noun in re.findall(LITERAL, found.group(2)):
                many = plural_of(json.loads(noun))
                if not re.search(r"\{\} %s\b" % many, form):
                    failures.append(f"{path}: “{form}” does not say “{{}} {many}”, which it counts")
# Tables of the window's texts, which reach t() as values.
TABLES = {
    "core/arith/layer/layer_switches.cpp": [r'\.(?:title|change|refusal) =\s*(%s)' % LITERAL],
    "core/arith/layer/layer_numbers.cpp": [r'\.(?:title|refusal) =\s*(%s)' % LITERAL],
    "core/arith/layer/layer_kinds.hpp": [r'\.(?:title|full_title|change) =\s*(%s)' % LITERAL],
    "core/arith/layer/padding_modes.cpp": [r'\.(?:title|name|says) =\s*(%s)' % LITERAL],
    "core/arith/chain/between_activations.cpp": [r'\.says =\s*((?:%s\s*)+)' % LITERAL],
    "core/arith/chain/between_normalizations.cpp": [r'(?:\.says =|passes =)\s*((?:%s\s*)+)' % LITERAL],
    "core/arith/chain/between_pads.cpp": [r'\.says =\s*((?:%s\s*)+)' % LITERAL],
    "core/arith/chain/between_shapes.cpp": [r'\.says =\s*((?:%s\s*)+)' % LITERAL],
    "core/scene/looks/look.cpp": [r'\{&Look::\w+, %s, (%s),' % (LITERAL, LITERAL)],
    "app/gui/base/commands.cpp": [r'"[^"]+", (%s), KeyGroup' % LITERAL],
    "app/gui/widgets/views.cpp": [r'\{View::\w+, (%s), ' % LITERAL, r'\{View::\w+, %s, (%s)' % (LITERAL, LITERAL), r'\breturn (%s);' % LITERAL],
    "app/gui/panels/gallery.cpp": [r'(?:sections\[\] = \{|", )(%s)' % LITERAL],
    "app/gui/panels/timeline.cpp": [r'\{Icon::\w+, %s, (%s), state' % (LITERAL, LITERAL), r'says\[\] = \{(%s)' % LITERAL, r'\? (%s) : %s\)' % (LITERAL, LITERAL),
                             r'\? %s : (%s)\)' % (LITERAL, LITERAL)],
    "app/gui/panels/top_bar.cpp": [r'\{Icon::\w+, Command::\w+, %s, (%s)' % (LITERAL, LITERAL), r'titles\[\] = \{(%s)' % LITERAL],
    "app/exporting/formats.cpp": [r'\.says =\s*(%s)' % LITERAL],
    "app/gui/panels/data_panel.cpp": [r't\(\w+ \? (%s)' % LITERAL, r't\(\w+ \? %s : (%s)' % (LITERAL, LITERAL)],
    "app/gui/panels/inspector.cpp": [r't\(\w+ \? (%s)' % LITERAL, r't\(\w+ \? %s : (%s)' % (LITERAL, LITERAL)],
    "app/gui/panels/step_panel.cpp": [r'\? (%s) : %s\)' % (LITERAL, LITERAL), r'\? %s : (%s)\)' % (LITERAL, LITERAL)],
}
for path, patterns in TABLES.items():
    full = os.path.join(ROOT, path)
    if not os.path.exists(full):
        continue
    with open(full, encoding="utf-8") as file:
        text = file.read()
    for pattern in patterns:
        for found in re.finditer(pattern, text):
            english = unquoted(found.group(1))
            if re.search("[a-z]{2}", english):
                used.setdefault(english, path)

# Dear ImGui breaks Chinese lines anywhere, even before a closing sign; widgets.hpp's lines_of() does not.
for path, text in sources("app/gui"):
    wraps = r"\b(PushTextWrapPos|TextWrapped|SetTooltip)\b|(AddText)\([^;]*nullptr,(?!\s*0\b)|(CalcTextSizeA)\([^;]*FLT_MAX,(?!\s*0\b)"
    for found in re.finditer(wraps, without_comments(text)):
        failures.append(f"{path}: {found.group(1) or found.group(2) or found.group(3)} leaves the breaking of lines to Dear ImGui")

# The sentences of the checks are found by their format texts.
for path, text in sources("core"):
    if path == "core/arith/layer/layer.cpp" or path.startswith(("core/state/update/update_", "core/arith/chain/")):
        for found in re.finditer(r'(?:fmt::format\(|, )\s*((?:%s\s*)+)' % LITERAL, text):
            english = re.sub(r"\{:[^}]*\}", "{}", unquoted(found.group(1)))
            if re.match("[A-Z{].* .*\\.$", english) and "}{" not in english:   # sentences with adjacent placeholders have one translation per value
                used.setdefault(english, path)

for english, path in sorted(used.items()):
    if english not in table:
        failures.append(f"{path}: “{english}” has no translation in assets/translations/zh-CN.json")

for english, chinese in table.items():
    def places(text):
        found = [(number, form or "") for number, form in PLACE.findall(text)]
        return sorted((number or str(n), form) for n, (number, form) in enumerate(found))

    if places(english) != places(chinese):
        failures.append(f"zh-CN.json: “{english}” and “{chinese}” have other places to fill in")
    if not chinese:
        failures.append(f"zh-CN.json: “{english}” is empty")

# A literal may span several lines.
everything = "\n".join(re.sub(r"\"\s*\n\s*\"", "", text) for folder in BY_VALUE for _, text in sources(folder))
for english in table:
    if english.startswith(("The {} view ", "The kernel covers ")):
        continue   # format texts that the sources compose
    if english not in used and not any(json.dumps(english, ensure_ascii=a) in everything for a in (False, True)):
        failures.append(f"zh-CN.json: “{english}” is in none of the sources")

print("\n".join(failures) if failures else f"{len(used)} texts in the sources, {len(table)} translations")
sys.exit(bool(failures))
