#!/usr/bin/env bash
# The command line: each subcommand, each format twice, each invalid input with its message and status.
set -euo pipefail

fail() { echo "FAILED: $*" >&2; exit 1; }

# refused STATUS "part of the sentence" arguments...: one sentence on standard error, nothing on standard output.
refused() {
    local status=$1 says=$2 got=0
    shift 2
    env -u DISPLAY -u WAYLAND_DISPLAY "$CONVLOOM" "$@" >out.txt 2>err.txt || got=$?
    [[ $got -eq $status ]] || fail "$* gave status $got, not $status: $(cat err.txt)"
    [[ $(wc -l <err.txt) -eq 1 ]] || fail "$* did not say one line: $(cat err.txt)"
    grep -qF -- "$says" err.txt || fail "$* said: $(cat err.txt)"
    [[ ! -s out.txt ]] || fail "$* wrote to standard output: $(cat out.txt)"
}

# The same for opening the window; a build without the window fails earlier.
refused_opening() {
    if [[ ${CONVLOOM_GUI:-ON} == ON ]]; then refused "$@"; fi
}

# list names every preset
"$CONVLOOM" list >list.txt
[[ $(grep -vc "^more_" list.txt) -eq 29 ]] || fail "list has $(wc -l <list.txt) lines"
grep -q '^dilation .*1×7×7 to 1×3×3 .* i 7 .* k 3 .* d 2 .* o 3' list.txt || fail "list does not give the dilation's numbers"

# export: as many frames as steps, in both formats, the same bytes twice
for ending in png svg; do
    "$CONVLOOM" export --preset same_padding_no_strides --size 480x270 -o "frames_%03d.$ending" >said.txt
    [[ $(ls frames_*."$ending" | wc -l) -eq 25 ]] || fail "not 25 frames"
    grep -q 'Wrote 25 frames, frames_000' said.txt || fail "said: $(cat said.txt)"
    mkdir first && mv frames_*."$ending" first
    "$CONVLOOM" export --preset same_padding_no_strides --size 480x270 -o "frames_%03d.$ending" >/dev/null
    for frame in first/*; do cmp "$frame" "$(basename "$frame")"; done
    rm -r first frames_*
done

# a range, one step, a theme, a view, transparency, another size
"$CONVLOOM" export --preset dilation --steps 3..5 -o 'range_%d.svg' >/dev/null
[[ $(echo range_*) == "range_3.svg range_4.svg range_5.svg" ]] || fail "range: $(echo range_*)"
"$CONVLOOM" export --preset dilation --steps 4 --theme dark --view flat --transparent --no-labels --size 640x360 -o one.png >/dev/null
identify one.png | grep >/dev/null 'PNG 640x360' || fail "$(identify one.png)"
[[ $(convert one.png -format '%[channels]' info:) == srgba* ]] || fail "no alpha channel"

# another renderer reads the SVG too and gives nearly our PNG (it uses its own fonts)
if command -v rsvg-convert >/dev/null; then
    for view in "same_padding_no_strides stacked" "kind_2d stacked" "kind_2d flat" "kind_3d volume" "kind_1d signal" "kind_depthwise_separable chain" "kind_dilated stacked --numbers --value-colors"; do
        read -r preset name flags <<<"$view"
        # shellcheck disable=SC2086   # the flags are words
        shot=(--preset "$preset" --view "$name" $flags --steps 4 --size 960x540)
        "$CONVLOOM" export "${shot[@]}" -o a.svg >/dev/null
        "$CONVLOOM" export "${shot[@]}" -o a.png >/dev/null
        rsvg-convert a.svg -o b.png
        far=$(compare -metric MAE a.png b.png null: 2>&1 | sed 's/.*(\(.*\))/\1/' || true)
        awk -v far="$far" 'BEGIN { exit !(far < 0.01) }' || fail "$view: SVG and PNG differ by $far"
    done
fi

# compute and trace: one result per case, readable, and the last partial sum plus the bias is the value
for file in "$TESTS_DIR"/conformance/*.json; do
    "$CONVLOOM" compute "$file" >computed.jsonl || fail "compute $file"
done
/usr/bin/env python3 - "$CONVLOOM" "$TESTS_DIR/conformance" <<'PYTHON'
import json, pathlib, struct, subprocess, sys
single = lambda number: struct.pack("f", number)  # values are printed as the shortest decimals of a float
program, folder = sys.argv[1], pathlib.Path(sys.argv[2])
count = 0
for file in sorted(folder.glob("*.json")):
    lines = subprocess.run([program, "compute", file], capture_output=True, check=True, text=True).stdout.splitlines()
    for case, line in zip(json.loads(file.read_text())["cases"], lines, strict=True):
        count += 1
        got = json.loads(line)
        assert got["name"] == case["name"] and got["output_shape"] == case["output_shape"], case["name"]
        for a, b in zip(got["output"], case["output"], strict=True):
            assert single(a) == single(b) or a == b if case["exact"] else abs(a - b) <= case["tolerance"] * (1 + abs(b)), case["name"]
        trace = json.loads(subprocess.run([program, "trace", file, "--case", case["name"]], capture_output=True, check=True).stdout)
        assert trace["output_shape"] == case["output_shape"]
        for step, value in zip(trace["steps"], got["output"], strict=True):
            assert step["value"] == value
            if case["op"] == "conv":
                size = 1
                for n in case["weight_shape"][1:]:
                    size *= n
                assert len(step["taps"]) == size, case["name"]
                wanted = [o * s - p[0] for o, s, p in zip(step["output"][1:], case["stride"], case["padding"])]
                assert step["window"] == wanted, case["name"]
            if case["op"].startswith("conv") and step["taps"]:
                assert abs(step["taps"][-1]["partial"] + step["bias"] - value) < 1e-4
            if case["op"] == "max_pool":
                assert step["taps"][-1]["partial"] == value
assert count == 433, count
PYTHON
"$CONVLOOM" trace --preset kind_transposed --format csv | sed -n 1p | grep >/dev/null '^sample,step' || fail "trace csv"
[[ $("$CONVLOOM" trace --preset kind_transposed --format csv | wc -l) -eq 37 ]] || fail "2·2 cells stamp 9 products each"
echo '{"cases": [{"name": "a", "op": "conv", "rank": 9}]}' >wrong.json
got=0; "$CONVLOOM" compute wrong.json >out.txt || got=$?
[[ $got -eq 1 ]] || fail "a case that does not run gave status $got"
grep -q '"error":"a: rank is 9; it must be 1, 2 or 3."' out.txt || fail "compute said $(cat out.txt)"

# without a screen: one sentence; a build without the window has its own
if [[ ${CONVLOOM_GUI:-ON} == ON ]]; then
    refused 3 "There is no screen"
else
    refused 3 "this build has no window"
fi
refused 3 "convloom export" --preset dilation

# invalid arguments and names
refused 2 "frobnicate" frobnicate
refused 2 "Give either -o with a file name or --all" export
refused 2 "There is no preset “dilatoin”; did you mean “dilation”?" export --preset dilatoin -o 'a_%d.png'
refused_opening 2 "There is no preset “nope”" --preset nope
refused 2 "the file name must end in .svg, .png, .pdf, .tex, .pptx, .html, .gif" export -o a.bmp
refused 2 "need a numbered name" export -o a.png
refused 2 "must hold the frame's number once" export -o 'a_%s.png'
refused 2 "must hold the frame's number once" export -o 'a_%d_%d.png'
refused 2 "the steps 0..8" export --steps 9 -o a.png
refused 2 "the steps 0..8" export --steps 5..4 -o 'a_%d.png'
refused 2 "give one step such as 4 or a range such as 0..8" export --steps x -o a.png
refused 2 "give whole pixels such as 1920x1080" export --size 0x0 --steps 0 -o a.png
refused 2 "give whole pixels such as 1920x1080" export --size 99999x99999 --steps 0 -o a.png
refused 2 "the themes are light, dark, conv_arithmetic" export --theme pink --steps 0 -o a.png
refused 2 "the views are flat, stacked, volume, signal, chain" export --view photo --steps 0 -o a.png

# files that do not exist, are not images or cannot be written
refused_opening 2 "Cannot read nothing.jpg: No such file" open nothing.jpg
refused_opening 2 "Cannot read .: it is a folder" open .
echo "no image" >notes.jpg
refused_opening 2 "notes.jpg is not an image" open notes.jpg
: >empty.png
refused_opening 2 "empty.png is not an image" open empty.png
head -c 3000 "$TESTS_DIR/../assets/images/lighthouse.jpg" | head -c 200 >cut.jpg
refused_opening 2 "cut.jpg is" open cut.jpg
echo '{"convloom": 1}' >bad.json
refused_opening 2 "This is not a Convloom state: name is missing" open bad.json
refused 1 "Cannot write none/a.png: No such file" export --steps 0 -o none/a.png
mkdir folder.png
refused 1 "folder.png: it is a folder" export --steps 0 -o folder.png
ln -s /dev/full full.svg
refused 1 "Cannot write full.svg: No space left" export --state "$TESTS_DIR/../assets/presets/dilation.json" --steps 0 -o full.svg

# a failed write leaves the existing file unchanged and creates nothing else
echo good >kept.svg
chmod 444 . 2>/dev/null
if ! touch probe 2>/dev/null; then   # root may write everywhere
    refused 1 "Cannot write kept.svg" export --steps 0 -o kept.svg
fi
chmod 755 .
[[ $(cat kept.svg) == good ]] || fail "an existing file was lost"
! ls | grep >/dev/null '\.part$' || fail "a half file is left"

# cases and recordings
refused 2 "This is not a file of cases: it is not JSON" compute notes.jpg
refused 2 "Cannot read none.json" compute none.json
refused 2 "cases is missing" trace bad.json --case a
refused 2 "has this name" trace "$TESTS_DIR/conformance/conv_1d.json" --case nope
refused 2 "Give one of: a file of cases, --preset, --state, or a layer by --layers or --kernel." trace
refused 2 "the formats are json, csv and npz" trace --preset dilation --format xml
refused 2 "The flat view cannot draw this convolution of rank 3; the volume view can." export --preset kind_3d --view flat --steps 0 -o a.png

# --help and --version print to standard output
"$CONVLOOM" --version | grep >/dev/null '^convloom [0-9]' || fail "--version"
"$CONVLOOM" --version | grep >/dev/null '^cairo 1.*zlib 1' || fail "--version names no libraries"
"$CONVLOOM" --version | grep -E >/dev/null '^(commit [0-9a-f]{12}|no commit)$' || fail "--version names no commit and does not say so"
"$CONVLOOM" export --help | grep >/dev/null 'Examples:' || fail "export --help"
echo "the command line holds"
