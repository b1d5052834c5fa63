#!/usr/bin/env bash
# Links on the command line: a printed link can be opened, a link can replace a file, and errors have their message and
# status.
set -euo pipefail

fail() { echo "FAILED: $*" >&2; exit 1; }

# prints "LINK" arguments...
prints() {
    local wanted=$1 got
    shift
    got=$("$CONVLOOM" link "$@") || fail "link $* ends with $?"
    [[ $got == "$wanted" ]] || fail "link $* printed $got, not $wanted"
}

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

unset CONVLOOM_PAGE
prints '#v1?preset=dilation' --preset dilation
prints '#v1?preset=dilation&view=flat&step=4' --preset dilation --view flat --step 4
prints '#v1?preset=dilation&step=4&tap=2&theme=dark&lang=zh-CN' --preset dilation --step 4 --tap 2 --theme dark --language zh-CN
prints '#v1?preset=dilation&theme=light&lang=en' --preset dilation --theme light --language en
prints '#v1?preset=dilation&hide=gallery,timeline&play=1&lock=1' --preset dilation --hide gallery,timeline --play --lock
prints '#v1?layer=nn.Conv2d(1,1,3,stride=2)&input=1x5x5' 'nn.Conv2d(1,1,3,stride=2)' --input 1x5x5
prints '#v1?preset=kind_depthwise_separable&shown=2' --preset kind_depthwise_separable --layer 2
prints '#v1?preset=more_dilations_222&cell=8,8' --preset more_dilations_222 --view receptive --cell 0:8,8
prints '#v1?preset=dilation&labels=0&numbers=1' --state '#v1?labels=0&numbers=1&preset=dilation.'
prints 'https://example.org/#v1?preset=dilation' --preset dilation --base https://example.org/
CONVLOOM_PAGE=https://example.org/c/ prints 'https://example.org/c/#v1?preset=dilation' --preset dilation

# The text of a state file is the same state, and its layers are computed as those of the preset.
"$CONVLOOM" link --preset dilation --step 4 --theme dark --json >made.convloom.json
prints '#v1?preset=dilation&step=4&theme=dark' --state made.convloom.json
"$CONVLOOM" compute --state made.convloom.json >one.json
"$CONVLOOM" compute --preset dilation | cmp - one.json || fail "a state's output is not its preset's"
refused 2 "--hide goes with a link, not with --json" link --preset dilation --json --hide all
refused 2 "--base goes with a link, not with --json" link --preset dilation --json --base https://example.org/
refused 2 "Give one of: a file of cases, --preset, --state, or layers" compute --preset dilation --state made.convloom.json

# A link gives the same bytes as the equivalent flags or file.
same() {   # same LINK arguments...
    local link=$1
    shift
    "$CONVLOOM" export "$@" --steps 1 -o wanted.svg >/dev/null
    "$CONVLOOM" export --state "$link" --steps 1 -o got.svg >/dev/null || fail "export --state $link"
    cmp wanted.svg got.svg || fail "$link shows something else than $*"
}
same '#v1?preset=dilation&view=flat&theme=dark' --preset dilation --view flat --theme dark
same '#v1?layer=nn.Conv2d(1,1,3,stride=2)&input=1x5x5&lang=zh-CN' 'nn.Conv2d(1,1,3,stride=2)' --input 1x5x5 --language zh-CN
sed 's/"input": \[/"input": [ /; s/"title": "[^"]*"/"title": "My own"/; s/"name": "[^"]*"/"name": "mine"/' "$TESTS_DIR/../assets/presets/dilation.json" >mine.convloom.json
packed=$("$CONVLOOM" link --state mine.convloom.json)
[[ $packed == '#v1?state='* && ${#packed} -lt 700 ]] || fail "a file's link is $packed"
same "$packed" --state mine.convloom.json
"$CONVLOOM" scene --state "$packed" --step 2 >got.json
"$CONVLOOM" scene --state mine.convloom.json --step 2 >wanted.json
cmp wanted.json got.json
"$CONVLOOM" trace --state '#v1?preset=kind_transposed' >got.json
"$CONVLOOM" trace --preset kind_transposed >wanted.json
cmp wanted.json got.json
# A file with exactly that name takes precedence.
cp mine.convloom.json 'v1?preset=kind_2d'
same 'v1?preset=kind_2d' --state mine.convloom.json

refused 2 "The link's step is 99; this layer has the steps 0 to 8." export --state '#v1?step=99' -o x.svg
refused 2 "The link is of version 7; this program reads version 1." scene --state '#v7?preset=dilation'
refused 2 "The link's preset is “dilatoin”; did you mean “dilation”?" trace --state '#v1?preset=dilatoin'
refused 2 "The link's state is damaged or not whole." link --state "${packed%?????????}"
refused 2 "--step 9: this layer has the steps 0..8." link --preset dilation --step 9
refused 2 "--step 1..2: a link shows one step." link --preset dilation --step 1..2
refused 2 "--tap 9: this step has the products 0 to 8." link --preset dilation --tap 9
refused 2 "--hide window: the panels are gallery, inspector, timeline, top, or all." link --preset dilation --hide window
refused 2 "This is too large for a link" link --state <("$CONVLOOM" link --preset dilation >/dev/null; python3 - <<'END'
import json, random
random.seed(1)
state = {"convloom": 1, "name": "x", "title": "x", "input": [random.random() for _ in range(10000)], "view": "stacked",
         "layers": [{"op": "conv", "size": [100, 100], "kernel": [1, 1], "stride": [1, 1], "padding": [[0, 0], [0, 0]],
                     "dilation": [1, 1], "weight": [1]}]}
print(json.dumps(state))
END
)
[[ ! -e x.svg ]] || fail "a refused link wrote a file"

# A link to a photo contains the filters, but not the location of the file.
photo=$("$CONVLOOM" link --photo "$TESTS_DIR/../assets/images/lighthouse.jpg" --filter sobel-x)
[[ ${#photo} -lt 700 ]] || fail "a photo's link is $photo"
refused 2 "The link's filters are over a photo, lighthouse.jpg, which no link carries" export --state "$photo" -o x.png

if [[ ${CONVLOOM_GUI:-ON} == ON ]]; then
    refused 2 "The link's view is “nice”" open '#v1?view=nice'
    refused 2 "The link's filters are over a photo, which no link carries" open "$photo"
    refused 3 "work without a window" open '#v1?preset=dilation&play=1'
fi
echo "Links are printed, read and refused."
