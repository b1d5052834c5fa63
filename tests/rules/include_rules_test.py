"""Rules of the design, checked on the sources: which folder may include which, and where certain names may be used.

Without arguments it first checks on small made-up trees that each violation is detected, then reads the project. With a
folder as argument it reads that tree instead.
"""
import os
import re
import sys
import tempfile
from pathlib import Path

CORE = ["core/arith", "core/image", "core/network", "core/scene", "core/state", "core/tour"]   # each may include those before it
SEES = {folder: CORE[:n + 1] for n, folder in enumerate(CORE)} | {
    "app/paint": CORE + ["app/paint"],
    "app/files/picture": CORE + ["app/files/picture"],
    "app/files": CORE + ["app/files", "app/files/picture"],
    "app/exporting": CORE + ["app/paint", "app/files", "app/exporting"],
    "app/networks": CORE + ["app/files", "app/networks"],
    "app/cli": CORE + ["app/paint", "app/files", "app/exporting", "app/networks", "app/cli"],
    "app/gui": CORE + ["app/paint", "app/files", "app/exporting", "app/networks", "app/gui"],
    "app": CORE + ["app/cli/base/cli.hpp", "app/gui/shell/window.hpp"],   # main.cpp
}
# What a platform does in its own way: the rest of app/files and of app/gui, one folder for each. Nobody includes them.
PLATFORMS = ["desktop", "web"]
STANDS_FOR = {f"app/platform/{platform}/{part}": f"app/{part}" for platform in PLATFORMS for part in ("files", "gui")}
SEES |= {folder: SEES[part] + [folder] for folder, part in STANDS_FOR.items()}
# The rooms of a folder in layers from the bottom: a room may include itself and the rooms of lower layers.
ROOMS = {
    "core/arith": ["base", "layer", "chain compute contrast", "steps"],
    "core/image": ["picture", "filters", "rows", ""],
    "core/network": ["graph", "shapes", "summary evaluate", "input"],
    "core/scene": ["page words", "measure layout", "looks", "pieces", "columns compare graph maps marks", "views photo chain volume", "pointing slide", "notes"],
    "core/state": ["base model", "code data", "json networks", "frameworks", "words", "numbers update", "links shown"],
    "app/cli": ["base", "filter network", "layer", "export "],
    "app/gui": ["base opengl", "store", "widgets session", "canvas desk", "panels export network", "shell"],
}
FLOOR_OF = {os.path.join(top, room) if room else top: (top, floor)
            for top, floors in ROOMS.items() for floor, rooms in enumerate(floors) for room in rooms.split(" ")}
MOST_FILES = 25   # in a folder
# Headers that the build generates for embedded files.
GENERATED = {
    "convloom_presets.hpp": ["core/state"],
    "convloom_translations.hpp": ["core/scene"],
    "convloom_tour.hpp": ["core/tour"],
    "convloom_fonts.hpp": ["app/paint", "app/gui"],
    "convloom_steps_page.hpp": ["app/paint"],
    "convloom_shaders.hpp": ["app/gui"],
    "convloom_pictures.hpp": ["app/gui"],
    "convloom_builtin_networks.hpp": ["core/state"],
}
LIBRARIES = {   # headers in angle brackets that are not part of the system
    r"(fmt|nlohmann)/": list(SEES),
    r"protozero/": ["core/state"],
    r"CLI/": ["app/cli", "app"],
    r"cairo": ["app/paint"],
    r"zlib\.h": ["app/paint", "app/files", "app/files/picture"],
    r"png\.h|webp/": ["app/paint", "app/files", "app/files/picture"],
    r"zip\.h": ["app/files"],
    r"jpeglib\.h|jerror\.h": ["app/files", "app/files/picture"],
    r"gif_lib\.h": ["app/paint", "app/files/picture"],
    r"stb_|tiff|libheif/|lcms2": ["app/files/picture"],
    r"ft2build\.h|freetype": ["app/paint", "app/gui"],
    r"imgui|backends/imgui|GLFW/|glad/|EGL/|GL/": ["app/gui"],
    r"emscripten(/|\.h)": ["app/platform/web"],
}
NAMES = [   # a pattern, its name in messages, and the folders that may use it
    (r"\b(ImGui|Im(Vec|Draw|Font|Gui)\w+|IM_COL32)\b", "Dear ImGui", ["app/gui"]),
    (r"\b(gl[A-Z]\w*\s*\(|GL_\w+|GLuint|GLint|GLenum|glad\w+)", "OpenGL", ["app/gui"]),
    (r"\b(egl[A-Z]\w*\s*\(|EGL_\w+|EGLDisplay|EGLContext)", "EGL", ["app/gui"]),
    (r"\b(glfw[A-Z]\w*|GLFW\w+)", "GLFW", ["app/gui"]),
    (r"\b(cairo_\w+|CAIRO_\w+)", "Cairo", ["app/paint"]),
    (r"\b([io]?fstream|fopen)\b", "file streams", ["app/files"]),
]
# The web build's standard library lacks some of these; the others would make the core's results depend on threads or on
# the clock.
NOT_IN_CORE = re.compile(
    r"\bstd::(ranges|views|format|bit_cast|source_location|to_chars|from_chars|thread|jthread|mutex|async|atomic\w*"
    r"|condition_variable|future|promise|execution|chrono|random_device)\b"
    r"|\b(to_chars|from_chars)\s*\(|\b(bit_cast|source_location)\b")
HEADERS_NOT_IN_CORE = set(
    "ranges format charconv source_location thread mutex shared_mutex future atomic condition_variable semaphore "
    "latch barrier stop_token execution chrono ctime fstream".split())
# The names of a Scene's planes and items are for people; code must look them up by roles. These folders create or read
# Scenes, and may set and print names.
READS_SCENES = ("core/scene", "core/tour", "core/state/shown", "app/exporting", "app/cli/export", "app/gui/canvas", "app/gui/store")
SAYS_NAMES = ("core/scene/page/scene_json.cpp", "core/scene/page/pick.cpp")
ASKED_NAME = re.compile(
    r"\b(?!(?:theme|info|format|chapter|state)\b)(\w+|\))(?:\.|->)name\s*(?:==|!=|\.(?:starts_with|ends_with|r?find\w*|substr|compare)\b)"
    r"|(?:==|!=)\s*(?:plane|item|line|text|field|shape|picture)(?:\.|->)name\b"
    r"|\b(?:plane|item|line|text|field|shape|picture)(?:\.|->)name\b(?!\s*(?:=|\+=|\.insert\b|\.clear\b))")
MOST_LINES = 400
NOT_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<end>\w*)\(.*?\)(?P=end)"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.S)
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def blank(match):
    return re.sub(r"[^\n]", " ", match[0])


def without_comments(text):
    return NOT_CODE.sub(lambda m: blank(m) if m[0].startswith("/") else m[0], text)


def part_of(folder):
    """The part of the program that a folder belongs to: core/scene for core/scene/views."""
    return max((part for part in SEES if f"{folder}/".startswith(f"{part}/")), key=len, default=folder)


def room_fault(folder, name):
    top, floor = FLOOR_OF.get(folder, (folder, 0))
    other_top, other_floor = FLOOR_OF.get(os.path.dirname(name), (None, 0))
    if top == other_top and folder != os.path.dirname(name) and other_floor >= floor:
        return f"{folder} may not include {name}: that room is not below it"


def include_faults(folder, mark, name):
    room, own = folder, part_of(folder)
    folder = STANDS_FOR.get(own, own)   # of whose libraries it may include
    if mark == '"':
        if name in GENERATED:
            if folder not in GENERATED[name]:
                yield f"{name} belongs to {' and '.join(GENERATED[name])}"
        elif not name.startswith(("core/", "app/")):
            yield f'"{name}" does not start at the repository root'
        elif not any(name == seen or part_of(os.path.dirname(name)) == seen for seen in SEES[own]):
            yield f"{folder} may not include {name}"
        elif fault := room_fault(room, name):
            yield fault
        return
    for pattern, folders in LIBRARIES.items():
        if re.match(pattern, name):
            if folder not in folders and not own.startswith(tuple(f"{f}/" for f in folders if f not in SEES)):
                yield f"<{name}> belongs to {' and '.join(folders)}"
            return
    if name == "fstream" and folder != "app/files":
        yield "<fstream> belongs to app/files"
    elif folder in CORE and (not re.fullmatch("[a-z_]+", name) or name in HEADERS_NOT_IN_CORE):
        yield f"<{name}> may not be in the core"
    elif not re.fullmatch(r"[a-z_]+|(sys/)?[a-z]+\.h", name):
        yield f"<{name}> is no library this project knows"


def namespace_faults(path, folder, code):
    if path in ("core/state/base/error.hpp", "core/state/base/error.cpp", "app/main.cpp"):   # Error is used everywhere; main is in no namespace
        return
    part = part_of(folder)
    wanted = "::".join(["convloom", *STANDS_FOR.get(part, part).split("/")[1:]])
    found = re.findall(r"^\s*(?:inline\s+)?namespace\s+(convloom[\w:]*)\s*\{", code, re.M)
    if not found and "TILE_LANES" not in code:   # the included file has the namespace
        yield 1, f"has nothing in namespace {wanted}"
    for name in found:
        if name != wanted and not name.startswith(wanted + "::"):
            yield 1, f"namespace {name} where the folder says {wanted}"


def file_faults(path, text):
    room = os.path.dirname(path)
    folder = part_of(room)
    if folder not in SEES or (folder in ROOMS and room not in FLOOR_OF):
        yield 1, f"the folder {room} is not in the design"
        return
    lines = text.count("\n")
    if lines > MOST_LINES:
        yield lines, f"more than {MOST_LINES} lines"
    plain = without_comments(text)
    code = NOT_CODE.sub(blank, text)
    line_of = lambda place: text.count("\n", 0, place) + 1
    for match in INCLUDE.finditer(plain):
        for fault in include_faults(room, match[1], match[2]):
            yield line_of(match.start(2)), fault
    for pattern, what, folders in NAMES:
        # A forbidden include is already reported above.
        for match in re.finditer(pattern, re.sub(r"^\s*#\s*include.*", blank, code, flags=re.M)):
            if STANDS_FOR.get(folder, folder) not in folders:
                yield line_of(match.start()), f"{match[0].strip('( ')}: {what} belongs to {' and '.join(folders)}"
    if folder in CORE:
        for match in NOT_IN_CORE.finditer(code):
            yield line_of(match.start()), f"{match[0]} may not be in the core"
    if f"{room}/".startswith(tuple(f"{top}/" for top in READS_SCENES)) and path not in SAYS_NAMES:
        for match in ASKED_NAME.finditer(code):
            yield line_of(match.start()), f"{match[0]}: planes and items are known by their roles, names are for people"
    yield from namespace_faults(path, folder, code)


def faults(root):
    paths = sorted(p for top in ("core", "app") for p in (Path(root) / top).rglob("*") if p.suffix in (".cpp", ".hpp", ".h"))
    if not paths:
        return [f"{root}: there are no sources in core and app"]
    found = [f"{folder.relative_to(root).as_posix()}:1: more than {MOST_FILES} files"
             for folder in sorted({p.parent for p in paths}) if sum(p.parent == folder for p in paths) > MOST_FILES]
    for path in paths:
        name = path.relative_to(root).as_posix()
        found += [f"{name}:{line}: {fault}" for line, fault in file_faults(name, path.read_text(encoding="utf-8"))]
    return found


def inside(name, body):
    return f"namespace convloom::{name} {{\n{body}\n}}\n"


# A path, its text, and a word that the message must contain; None if the file is valid.
CASES = [
    ("core/arith/layer/a.cpp", '#include "core/scene/page/scene.hpp"\n' + inside("arith", ""), "may not include core/scene/page/scene.hpp"),
    ("core/scene/page/a.cpp", '#include "core/state/model/state.hpp"\n' + inside("scene", ""), "may not include core/state"),
    ("core/state/model/a.cpp", '#include "app/files/files.hpp"\n' + inside("state", ""), "may not include app/files"),
    ("app/paint/a.cpp", '#include "app/cli/base/cli.hpp"\n' + inside("paint", ""), "may not include app/cli"),
    ("app/gui/base/a.cpp", '#include "app/cli/base/cli.hpp"\n' + inside("gui", ""), "may not include app/cli"),
    ("app/exporting/a.cpp", '#include "app/cli/base/cli.hpp"\n' + inside("exporting", ""), "may not include app/cli"),
    ("app/paint/a.cpp", '#include "app/exporting/export.hpp"\n' + inside("paint", ""), "may not include app/exporting"),
    ("app/cli/base/a.cpp", '#include "app/gui/store/store.hpp"\n' + inside("cli", ""), "may not include app/gui"),
    ("app/main.cpp", '#include "app/gui/store/store.hpp"\n', "may not include app/gui/store/store.hpp"),
    ("app/gui/base/a.cpp", '#include "store.hpp"\n' + inside("gui", ""), "does not start at the repository root"),
    ("core/arith/layer/a.cpp", '#include "convloom_presets.hpp"\n' + inside("arith", ""), "belongs to core/state"),
    ("app/paint/a.cpp", "#include <imgui.h>\n" + inside("paint", ""), "<imgui.h> belongs to app/gui"),
    ("app/cli/base/a.cpp", inside("cli", "int f() { return ImGui::GetFrameCount(); }"), "Dear ImGui belongs to app/gui"),
    ("app/cli/base/a.cpp", inside("cli", "void f() { glClear (0); }"), "OpenGL belongs to app/gui"),
    ("app/gui/base/a.cpp", '#include "app/platform/web/gui/a.hpp"\n' + inside("gui", ""), "may not include app/platform"),
    ("app/gui/base/a.cpp", "#include <emscripten.h>\n" + inside("gui", ""), "<emscripten.h> belongs to app/platform/web"),
    ("app/platform/desktop/files/a.cpp", "#include <imgui.h>\n" + inside("files", ""), "<imgui.h> belongs to app/gui"),
    ("app/platform/desktop/gui/a.cpp", '#include "app/platform/desktop/files/child.hpp"\n' + inside("gui", ""), "may not include"),
    ("app/platform/web/gui/a.cpp", '#include "app/gui/shell/loop.hpp"\n#include <emscripten.h>\n' + inside("gui", "void f() { glfwInit(); }"), None),
    ("app/main.cpp", "int main() { glfwInit(); }\n", "GLFW belongs to app/gui"),
    ("app/gui/base/a.cpp", "#include <cairo.h>\n" + inside("gui", ""), "<cairo.h> belongs to app/paint"),
    ("app/files/a.cpp", inside("files", "void f(cairo_t*);"), "Cairo belongs to app/paint"),
    ("app/paint/a.cpp", "#include <fstream>\n" + inside("paint", ""), "<fstream> belongs to app/files"),
    ("app/gui/base/a.cpp", inside("gui", "void f(std::ofstream&);"), "file streams belongs to app/files"),
    ("core/image/picture/a.cpp", "#include <png.h>\n" + inside("image", ""), "<png.h> belongs to app/paint"),
    ("core/image/picture/a.cpp", "#include <unistd.h>\n" + inside("image", ""), "<unistd.h> may not be in the core"),
    ("core/image/picture/a.cpp", "#include <thread>\n" + inside("image", ""), "<thread> may not be in the core"),
    ("core/image/picture/a.cpp", inside("image", "auto v = std::views::iota(3);"), "std::views may not"),
    ("core/image/picture/a.cpp", inside("image", "std::from_chars(a, b, c);"), "std::from_chars may not"),
    ("app/cli/base/a.cpp", "#include <boost/any.hpp>\n" + inside("cli", ""), "no library this project knows"),
    ("core/arith/layer/a.cpp", inside("image", ""), "namespace convloom::image where the folder says"),
    ("core/arith/layer/a.cpp", "int f();\n", "has nothing in namespace convloom::arith"),
    ("core/arith/layer/a.cpp", inside("arith", "\n" * 400), "more than 400 lines"),
    ("core/utils/a.cpp", inside("utils", ""), "not in the design"),
    ("core/scene/page/b.cpp", '#include "core/scene/views/flat.hpp"\n' + inside("scene", ""), "that room is not below it"),
    ("core/scene/views/b.cpp", '#include "core/scene/page/scene.hpp"\n' + inside("scene", ""), None),
    ("core/scene/views/b.cpp", inside("scene", 'bool b = plane.name.starts_with("input");'), "known by their roles"),
    ("core/scene/views/b.cpp", inside("scene", 'bool b = found->name == "window";'), "known by their roles"),
    ("core/scene/views/b.cpp", inside("scene", "auto sheet = sheet_named(plane->name);"), "known by their roles"),
    ("app/gui/canvas/b.cpp", inside("gui", "bool b = name != text->name;"), "known by their roles"),
    ("core/scene/views/b.cpp", inside("scene", 'plane.name = "input"; border.name += "\'s border";'), None),
    ("core/scene/b.cpp", inside("scene", ""), "not in the design"),
    ("core/state/base/error.hpp", "#include <stdexcept>\nnamespace convloom {\nclass Error;\n}\n", None),
    ("core/scene/page/a.cpp", '// no std::views, no ImGui\n#include "core/arith/layer/shape.hpp"\n#include <fmt/format.h>\n'
     + inside("scene", 'auto s = "std::thread, glfwInit()"; int n = 1\'000\'000;'), None),
    ("app/gui/base/a.cpp", '#include <GLFW/glfw3.h>\n#include "app/paint/font.hpp"\n#include "convloom_fonts.hpp"\n'
     + inside("gui", "void f() { glfwInit(); glClear(0); }"), None),
    ("app/main.cpp", '#include "app/gui/shell/window.hpp"\n#include "app/cli/base/cli.hpp"\nint main() {}\n', None),
]


def self_test():
    failures = []
    for path, text, wanted in CASES:
        with tempfile.TemporaryDirectory() as root:
            file = Path(root) / path
            file.parent.mkdir(parents=True)
            file.write_text(text, encoding="utf-8")
            found = faults(root)
        good = not found if wanted is None else len(found) == 1 and wanted in found[0]
        if not good:
            failures.append(f"self-test: {path} should give {wanted!r} alone, gave {found}:\n{text}")
    return failures


def main():
    if len(sys.argv) > 1:
        found = faults(sys.argv[1])
    else:
        found = self_test() + faults(Path(__file__).resolve().parents[2])
    print("\n".join(found) or "All includes and names follow the rules.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
