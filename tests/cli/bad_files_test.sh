#!/usr/bin/env bash
# Invalid files: one sentence, status 2, no crash, no large allocation.
set -euo pipefail

fail() { echo "FAILED: $*" >&2; exit 1; }

refused() {   # refused arguments...
    local got=0
    "$CONVLOOM" "$@" >out.txt 2>err.txt || got=$?
    [[ $got -eq 2 ]] || fail "$* gave status $got: $(head -c 300 err.txt)"
    [[ $(wc -l <err.txt) -eq 1 ]] || fail "$* did not say one line: $(head -c 300 err.txt)"
    [[ $(wc -c <err.txt) -lt 400 ]] || fail "$* said too much: $(head -c 500 err.txt)"
    [[ ! -s out.txt ]] || fail "$* wrote to standard output"
}

state=$TESTS_DIR/../assets/presets/kind_2d.json
cases=$TESTS_DIR/fuzz/corpus/cases/conv_2d.json
python3 - "$state" "$cases" <<'END'
import sys
state, cases = (open(p).read() for p in sys.argv[1:])
def write(name, text): open(name, "w").write(text)
for kind, text in (("state", state), ("cases", cases)):
    for part in range(1, 10): write(f"{kind}_truncated_{part}.json", text[: len(text) * part // 10])
    write(f"{kind}_array.json", "[" + text + "]")
    write(f"{kind}_text.json", '"' + "x" * 1000 + '"')
    write(f"{kind}_deep.json", "[" * 100000)
    write(f"{kind}_deep_objects.json", '{"a":' * 100000)
    write(f"{kind}_nan.json", text.replace("[", "[NaN, ", 1))
    write(f"{kind}_empty.json", "")
    write(f"{kind}_zeros.json", "\0" * 1000)
write("state_types.json", state.replace('"size": [5, 5]', '"size": "5x5"'))
write("state_huge.json", state.replace('"size": [5, 5]', '"size": [1099511627776, 1099511627776]'))
write("state_large.json", state.replace('"size": [5, 5]', '"size": [100000, 100000]').replace('"input": [', '"input": {"pattern": 1}, "other": ['))
write("state_overflow.json", state.replace('"kernel": [3, 3]', '"kernel": [9223372036854775807, 3]'))
write("state_channels.json", state.replace('"stride": [1, 1]', '"stride": [1, 1], "in_channels": 1099511627776'))
END
# Cases that describe no valid layer. compute continues with the other cases and exits with 1, as documented.
python3 - "$cases" <<'END'
import json, sys
wrong = {"types": ("stride", "2"), "huge": ("input_shape", [1, 1, 2**40, 2**40]), "negative": ("input_shape", [1, 1, -5, 5]),
         "samples": ("input_shape", [2**40, 1, 4, 4]), "stride": ("stride", [0, 0]), "dilation": ("dilation", [2**62, 2**62])}
for name, (field, value) in wrong.items():
    file = json.load(open(sys.argv[1]))
    file["cases"][0]["name"] = "bad"
    file["cases"][0][field] = value
    json.dump(file, open(f"one_case_{name}.json", "w"))
END
printf '\x89PNG\r\n\x1a\n and no more' >damaged.png
head -c 200 "$TESTS_DIR/../assets/images/lighthouse.jpg" >cut.jpg
# A sanitizer reserves terabytes of address space.
[[ ${CONVLOOM_SANITIZE:-OFF} == ON ]] || ulimit -v 4000000
for file in state_*.json; do
    refused export --state "$file" --steps 0 -o frame.png
    [[ ! -e frame.png ]] || fail "$file left a frame"
done
for file in cases_*.json; do
    refused compute "$file"
    refused trace "$file" --case any
done
for file in one_case_*.json; do
    refused trace "$file" --case bad
    got=0; "$CONVLOOM" compute "$file" >out.txt 2>err.txt || got=$?
    [[ $got -eq 1 && $(grep -c '"name":"bad","error":' out.txt) -eq 1 ]] || fail "compute $file gave status $got: $(head -c 300 out.txt err.txt)"
done
if [[ ${CONVLOOM_GUI:-ON} == ON ]]; then   # it is read before the screen is looked for
    for file in state_*.json; do
        mv "$file" "${file%.json}.convloom.json"
        refused open "${file%.json}.convloom.json"
    done
    refused open damaged.png
    refused open cut.jpg
    refused open no_such_file.png
    refused open no_such_file.convloom.json
fi
refused compute no_such_file.json
refused export --state no_such_file.json --steps 0 -o frame.png
