#!/usr/bin/env bash
# convloom compare, and the picture of a layer that cannot be computed.
set -eu
fail() { echo "$*" >&2; exit 1; }
same='nn.Conv2d(1, 1, 2, bias=False)  # padding 0+1 0+1'

told=$("$CONVLOOM" compare "$same" same_lower --input 1x5x5)
grep -q "differ in 25 of 25 cells\|differ in 2[0-9] of 25 cells" <<<"$told" || fail "how many cells differ: $told"
grep -q "The first one is channel 0, cell (0, 0):" <<<"$told" || fail "the first cell: $told"
grep -q "padding           0+1                     1+0" <<<"$told" || fail "the settings: $told"
grep -q "every window of B begins 1 cell earlier" <<<"$told" || fail "why: $told"

# The same and different have the same status; the JSON says which.
"$CONVLOOM" compare "nn.Conv2d(1, 1, 3)" "nn.Conv2d(1, 1, 3)" --input 1x5x5 --json | grep -q '"same": true' || fail "the same layer"
"$CONVLOOM" compare "nn.MaxPool2d(3, 2)" ceil_mode --input 1x6x6 --json >told.json
grep -q '"same": false' told.json && grep -q '"differing": 5' told.json || fail "$(cat told.json)"
"$CONVLOOM" compare --preset dilation flip >told.txt && grep -q "true convolution" told.txt || fail "a preset and a convention"
# Larger than a picture can show.
"$CONVLOOM" compare "nn.Conv2d(3, 8, 3, padding=1)" "nn.Conv2d(3, 8, 3, padding=1, padding_mode='reflect')" --input 3x224x224 |
    grep -q "Around the input" || fail "a large layer"

# Pictures.
"$CONVLOOM" compare "$same" same_lower --input 1x5x5 --steps 3 -o compare.svg >/dev/null
grep -q "every window of B" compare.svg || fail "the picture has the reason"
"$CONVLOOM" export --preset more_compare_ceil --steps 8 -o ceil.svg >/dev/null
grep -q "has no cell (2, 2)" ceil.svg || fail "the cell that A lacks"
"$CONVLOOM" export "nn.Conv2d(1, 1, 3)" --input 1x5x5 --compare "nn.Conv2d(1, 1, 3, stride=2)" --steps 0 --language zh-CN -o stride.svg >/dev/null
"$CONVLOOM" link --preset dilation --compare flip | grep -q "compare=flip" || fail "a link"

refused() {   # refused <sentence> <arguments...>
    local sentence=$1 status=0
    shift
    "$CONVLOOM" "$@" >out 2>err || status=$?
    [[ $status -eq 2 ]] || fail "$*: status $status"
    [[ $(wc -l <err) -eq 1 ]] || fail "$*: $(cat err)"
    grep -qF -- "$sentence" err || fail "$*: $(cat err)"
}
refused "give PyTorch code, or for this layer one of flip" compare "nn.Conv2d(1, 1, 3)" sideways --input 1x5x5

refused "The second layer: The kernel covers 7 cells" compare "nn.Conv2d(1, 1, 3)" "nn.Conv2d(1, 1, 7)" --input 1x5x5
refused "Give two layers and --input" compare
refused "--compare needs a layer" export --photo "$TESTS_DIR/images/25_422.jpg" --compare flip -o x.png

# A layer that cannot be: the picture only if it is asked for, and the status stays.
bad="nn.Conv2d(1, 1, 7)"
refused "--draw-refused writes a picture that shows why." export "$bad" --input 1x5x5 -o bad.svg
[[ ! -e bad.svg ]] || fail "a picture that nobody asked for"
refused "A picture that shows why is in bad.svg." export "$bad" --input 1x5x5 -o bad.svg --draw-refused
grep -q "Kernel size k: 7 → 5" bad.svg || fail "the nearest kernel"
refused "is one frame" export "$bad" --input 1x5x5 -o bad.gif --draw-refused
refused "on standard output" scene "$bad" --input 1x5x5 --draw-refused
grep -q "lacking below" out || fail "the Scene of a layer that cannot be"
